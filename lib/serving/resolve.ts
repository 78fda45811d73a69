import { AppError, db, isHearing, listen, notFound, unavailable } from '@/lib/core';
import type { Narrowing } from '@/lib/platform';
import { type DataProduct, fieldListSchema, type SchemaField } from '@/lib/specs';
import { type Deprecation, deprecationOf } from './deprecation-headers';
import { selectVersion } from './select-version';

export interface ServedSnapshot {
  id: string;
  /** Where its files lie: a promotion moves them. */
  environment: string;
  number: number;
  createdAt: string;
  rowCount: number;
  sizeBytes: number;
}

/** Where a read looks: production, with its older versions beside it, or staging. */
export type ServedEnvironment = 'production' | 'staging';

/** A product as the read path needs it: immutable, shared by requests until something changes. */
export interface ServedProduct {
  id: string;
  domainId: string;
  domain: string;
  name: string;
  title: string;
  ownerId: string;
  classification: string;
  status: string;
  version: string;
  descriptor: DataProduct;
  columns: ReadonlyMap<string, SchemaField>;
  /** What one reader's grant leaves of it (`narrowedTo`); never of what is cached. */
  narrowed?: Narrowing;
  snapshot: ServedSnapshot | null;
  /** Null before the first provisioning. */
  environmentStatus: string | null;
  /** Where its rows are kept: production, or an older version's own. */
  environment: string;
  /** What waits for its promotion, read by those who make it. */
  staged: ServedSnapshot | null;
  /** Set when the product, or the version that is asked for, is on its way out. */
  deprecation: Deprecation | null;
}

type Cache = Map<string, Promise<ServedProduct | null>>;
const store = globalThis as { __portolanServed?: Cache };
const MAX_CACHED = 5000;
const ADDRESS = /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/;

function cache(): Cache {
  if (store.__portolanServed) return store.__portolanServed;
  const held: Cache = new Map();
  store.__portolanServed = held;
  const drop = () => held.clear();
  void listen('portolan_product', drop);
  void listen('portolan_access', drop);
  return held;
}

/** For the end of a process or of a test file: forgets products and stops using the old listener. */
export function closeServing(): void {
  store.__portolanServed = undefined;
}

/**
 * The product at an address, live or not: by its contract in force, or by the version that is asked for.
 * @throws AppError not_found | gone | invalid (the version)
 */
export async function resolveProduct(
  domain: string,
  name: string,
  version?: string,
): Promise<ServedProduct> {
  const held = cache();
  const address = `${domain}/${name}`;
  if (!ADDRESS.test(address)) throw notFound('This data product');
  // While notifications do not arrive nothing is kept: a stale answer could outlive a retirement.
  const isKept = isHearing();
  const key = version === undefined ? address : `${address}@${version}`;
  let found = isKept ? held.get(key) : undefined;
  if (!found) {
    found = load(domain, name, version);
    if (isKept) {
      if (held.size >= MAX_CACHED) held.clear();
      held.set(key, found);
      // Neither an absence nor a failure is remembered.
      const forget = () => held.delete(key);
      found.then((product) => product ?? forget(), forget);
    }
  }
  const product = await found;
  if (!product) throw notFound(`The data product ${address.slice(0, 140)}`);
  return product;
}

/** Forgets one product, after its files turned out to be gone. */
export function forgetProduct(product: ServedProduct): void {
  const address = `${product.domain}/${product.name}`;
  const held = cache();
  for (const key of held.keys()) {
    if (key === address || key.startsWith(`${address}@`)) held.delete(key);
  }
}

/** @throws AppError gone | unavailable when the product has no rows to serve */
export function requireLive(product: ServedProduct): ServedSnapshot {
  const address = `${product.domain}/${product.name}`;
  if (product.status === 'retired') {
    throw new AppError(
      'gone',
      `The data product ${address} is retired and its data is destroyed. The catalogue may know a successor.`,
    );
  }
  if (product.environmentStatus === 'live' && product.snapshot) return product.snapshot;
  const stands = ['testing', 'staging'].includes(product.status)
    ? `is in ${product.status} and not live yet. Its rows can be read when it is promoted`
    : 'is being provisioned. Its rows can be read when that is done';
  throw unavailable(`The data product ${address} ${stands}.`, { retryAfterS: 5 });
}

async function load(domain: string, name: string, pin?: string): Promise<ServedProduct | null> {
  const row = await db().product.findFirst({
    where: { name, domain: { name: domain }, status: { not: 'draft' } },
    include: { domain: true, environments: true },
  });
  if (!row) return null;
  const address = `${domain}/${name}`;
  const isPinned = pin !== undefined && row.status !== 'retired';
  const chosen = isPinned ? await selectVersion(row.id, address, pin) : null;
  const where = chosen?.environment ?? 'production';
  const environment = row.environments.find((one) => one.environment === where);
  const staging = row.environments.find((one) => one.environment === 'staging');
  const [snapshot, staged, successor] = await Promise.all([
    snapshotById(environment?.snapshotId),
    snapshotById(staging?.status === 'live' ? staging.snapshotId : null),
    addressOf(row.successorId),
  ]);
  const descriptor = (chosen?.descriptor ?? row.descriptor) as unknown as DataProduct;
  const { id, domainId, title, ownerId, classification, status } = row;
  return {
    ...{ id, domainId, title, ownerId, classification, status, descriptor },
    version: chosen?.version ?? row.version,
    environment: where,
    domain,
    name,
    columns: contractColumns(descriptor, snapshot?.schema),
    snapshot: snapshot && servedSnapshot(snapshot),
    environmentStatus: environment?.status ?? null,
    staged: staged && servedSnapshot(staged),
    deprecation: deprecationOf(address, { ...row, successor }, chosen),
  };
}

const snapshotById = async (id: string | null | undefined) =>
  id ? db().snapshot.findUnique({ where: { id } }) : null;

async function addressOf(productId: string | null): Promise<string | null> {
  if (!productId) return null;
  const found = await db().product.findUnique({
    where: { id: productId },
    select: { name: true, domain: { select: { name: true } } },
  });
  return found && `${found.domain.name}/${found.name}`;
}

export function servedSnapshot(row: {
  id: string;
  environment: string;
  number: number;
  createdAt: Date;
  rowCount: bigint;
  sizeBytes: bigint;
}): ServedSnapshot {
  return {
    id: row.id,
    environment: row.environment,
    number: row.number,
    createdAt: row.createdAt.toISOString(),
    rowCount: Number(row.rowCount),
    sizeBytes: Number(row.sizeBytes),
  };
}

/** The contract as the snapshot was written by; the descriptor's, before there is a snapshot. */
export function contractColumns(
  descriptor: DataProduct,
  written: unknown,
): Map<string, SchemaField> {
  const parsed = fieldListSchema.safeParse(written);
  const fields = parsed.success ? parsed.data : (descriptor.spec?.schema ?? []);
  return new Map(fields.map((field) => [field.name, field]));
}
