import { AppError, db, isHearing, listen, notFound, unavailable } from '@/lib/core';
import { type DataProduct, fieldListSchema, type SchemaField } from '@/lib/specs';

export interface ServedSnapshot {
  id: string;
  number: number;
  createdAt: string;
  rowCount: number;
  sizeBytes: number;
}

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
  snapshot: ServedSnapshot | null;
  /** Null before the first provisioning. */
  environmentStatus: string | null;
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

/** The product at an address, live or not. @throws AppError not_found */
export async function resolveProduct(domain: string, name: string): Promise<ServedProduct> {
  const held = cache();
  const address = `${domain}/${name}`;
  if (!ADDRESS.test(address)) throw notFound('This data product');
  // While notifications do not arrive nothing is kept: a stale answer could outlive a retirement.
  const isKept = isHearing();
  let found = isKept ? held.get(address) : undefined;
  if (!found) {
    found = load(domain, name);
    if (isKept) {
      if (held.size >= MAX_CACHED) held.clear();
      held.set(address, found);
      // Neither an absence nor a failure is remembered.
      const forget = () => held.delete(address);
      found.then((product) => product ?? forget(), forget);
    }
  }
  const product = await found;
  if (!product) throw notFound(`The data product ${address.slice(0, 140)}`);
  return product;
}

/** Forgets one product, after its files turned out to be gone. */
export function forgetProduct(product: ServedProduct): void {
  cache().delete(`${product.domain}/${product.name}`);
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
  throw unavailable(
    `The data product ${address} is being provisioned. Its rows can be read when that is done.`,
    { retryAfterS: 5 },
  );
}

async function load(domain: string, name: string): Promise<ServedProduct | null> {
  const row = await db().product.findFirst({
    where: { name, domain: { name: domain }, status: { not: 'draft' } },
    include: { domain: true, environments: { where: { environment: 'production' } } },
  });
  if (!row) return null;
  const environment = row.environments[0];
  const snapshot = environment?.snapshotId
    ? await db().snapshot.findUnique({ where: { id: environment.snapshotId } })
    : null;
  const descriptor = row.descriptor as unknown as DataProduct;
  const { id, domainId, title, ownerId, classification, status, version } = row;
  return {
    ...{ id, domainId, title, ownerId, classification, status, version, descriptor },
    domain,
    name,
    columns: contractColumns(descriptor, snapshot?.schema),
    snapshot: snapshot && {
      id: snapshot.id,
      number: snapshot.number,
      createdAt: snapshot.createdAt.toISOString(),
      rowCount: Number(snapshot.rowCount),
      sizeBytes: Number(snapshot.sizeBytes),
    },
    environmentStatus: environment?.status ?? null,
  };
}

/** The contract as the snapshot was written by; the descriptor's, before there is a snapshot. */
function contractColumns(descriptor: DataProduct, written: unknown): Map<string, SchemaField> {
  const parsed = fieldListSchema.safeParse(written);
  const fields = parsed.success ? parsed.data : (descriptor.spec?.schema ?? []);
  return new Map(fields.map((field) => [field.name, field]));
}
