import { type Ctx, can, db, notFound } from '@/lib/core';
import { mayReadWhole, requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { type ContractDiff, diffContracts } from '@/lib/products/contract-diff';
import { type VersionQuality, versionsQuality } from '@/lib/quality';
import { checkDocumentAs, type DataProduct, printDocument } from '@/lib/specs';
import { gateOf } from './change-gate';
import { OPEN } from './statuses';
import { stillUsing } from './sunset';
import { loadVersion } from './tell';
import { windowEnd } from './window';

export interface VersionRow {
  id: string;
  version: string;
  status: string;
  bump: string | null;
  reason: string;
  author: string | null;
  windowDays: number;
  createdAt: string;
  activatedAt: string | null;
  deprecatedAt: string | null;
  sunsetAt: string | null;
  retiredAt: string | null;
}

const MOST = 100;
const iso = (date: Date | null) => date?.toISOString() ?? null;

/** A product's versions, newest first; what was withdrawn too. @throws AppError unauthenticated | forbidden | not_found */
export async function listVersions(ctx: Ctx, productId: string): Promise<VersionRow[]> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const rows = await db().contractVersion.findMany({
    where: { productId },
    orderBy: { createdAt: 'desc' },
    take: MOST,
    omit: { descriptor: true, etl: true },
  });
  const authors = await db().user.findMany({
    where: { id: { in: rows.flatMap((row) => row.authorId ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(authors.map((one) => [one.id, one.name]));
  return rows.map((row) => ({
    ...{ id: row.id, version: row.version, status: row.status, bump: row.bump },
    ...{ reason: row.reason, windowDays: row.windowDays },
    author: (row.authorId && names.get(row.authorId)) ?? null,
    createdAt: row.createdAt.toISOString(),
    activatedAt: iso(row.activatedAt),
    deprecatedAt: iso(row.deprecatedAt),
    sunsetAt: iso(row.sunsetAt),
    retiredAt: iso(row.retiredAt),
  }));
}

export interface VersionsDiff extends ContractDiff {
  from: { id: string; version: string; yaml: string };
  to: { id: string; version: string; yaml: string };
}

/** Two versions of one product compared, by their ids. @throws AppError not_found */
export async function diffVersions(ctx: Ctx, fromId: string, toId: string): Promise<VersionsDiff> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const [from, to] = await Promise.all([loadVersion(fromId), loadVersion(toId)]);
  if (from.productId !== to.productId) throw notFound('The version of this product');
  const product = await requireVisibleProduct(ctx, from.productId);
  const mayRead = await mayReadWhole(ctx, product);
  const documentOf = (one: typeof from) => {
    const document = one.descriptor as unknown as DataProduct;
    return mayRead ? document : withoutValues(document);
  };
  const side = (one: typeof from) => ({
    ...{ id: one.id, version: one.version, yaml: printContract(documentOf(one)) },
  });
  return { ...diffContracts(documentOf(from), documentOf(to)), from: side(from), to: side(to) };
}

/** What rules were told by the data (limits, accepted values, reasons) is for people who may read the rows. */
function withoutValues({ spec, ...document }: DataProduct): DataProduct {
  const quality = spec.quality?.map(({ params: _params, reason: _reason, ...rule }) => rule);
  return { ...document, spec: { ...spec, ...(quality && { quality }) } };
}

/** jsonb keeps no order of keys; the schema puts them back as the documents are written. */
function printContract(descriptor: DataProduct): string {
  const checked = checkDocumentAs('DataProduct', descriptor);
  return printDocument(checked.ok ? checked.document : descriptor);
}

export interface Acknowledgement {
  userId: string;
  name: string;
  ground: { hasGrant?: boolean; reads?: number; products?: string[]; columns?: string[] | null };
  acknowledgedAt: string | null;
  note: string;
}

export interface OpenChange {
  id: string;
  version: string;
  status: string;
  bump: string | null;
  reason: string;
  windowDays: number;
  waitsUntil: string;
  error: string | null;
  /** The run that brings it to production, or could not. */
  runId: string | null;
  overrideReason: string;
  /** Why it may not take effect yet; null when it may. */
  gate: string | null;
  diff: VersionsDiff;
  /** Everybody's for those who run the product; one's own for a consumer. */
  acknowledgements: Acknowledgement[];
  counts: { asked: number; acknowledged: number };
  /** The reader's own answer is asked for. */
  isAsked: boolean;
  can: { activate: boolean; withdraw: boolean; override: boolean };
}

/** The change that is open, with its gate; null when there is none. @throws AppError as `listVersions` */
export async function openChange(ctx: Ctx, productId: string): Promise<OpenChange | null> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const found = await db().contractVersion.findFirst({
    where: { productId, status: { in: OPEN } },
    select: { id: true },
  });
  const base = await db().contractVersion.findFirst({
    where: { productId, status: 'active' },
    select: { id: true },
  });
  if (!found || !base) return null;
  const [version, diff] = await Promise.all([
    loadVersion(found.id),
    diffVersions(ctx, base.id, found.id),
  ]);
  const asked = await db().contractAcknowledgement.findMany({
    where: { versionId: version.id },
    include: { user: { select: { name: true } } },
    orderBy: [{ acknowledgedAt: { sort: 'asc', nulls: 'first' } }, { userId: 'asc' }],
    take: 500,
  });
  const myId = ctx.actor.type === 'user' ? ctx.actor.id : '';
  const mine = asked.find((one) => one.userId === myId);
  const mayEdit = can(ctx, 'product.edit', version.product);
  const mayOverride = can(ctx, 'contract.override', version.product);
  const isProposed = version.status === 'proposed';
  const gate = await gateOf(db(), version);
  const seen = mayEdit || mayOverride ? asked : asked.filter((one) => one === mine);
  return {
    ...{ id: version.id, version: version.version, status: version.status, bump: version.bump },
    ...{ reason: version.reason, windowDays: version.windowDays },
    // It may quote a value of the rows.
    error: mayEdit ? version.error : null,
    runId: mayEdit ? await runOf(version) : null,
    waitsUntil: windowEnd(version).toISOString(),
    overrideReason: mayEdit || mayOverride || mine ? version.overrideReason : '',
    gate,
    diff,
    acknowledgements: seen.map((one) => ({
      userId: one.userId,
      name: one.user.name,
      ground: one.ground as Acknowledgement['ground'],
      acknowledgedAt: iso(one.acknowledgedAt),
      note: one.note,
    })),
    counts: {
      asked: asked.length,
      acknowledged: asked.filter((one) => one.acknowledgedAt !== null).length,
    },
    isAsked: isProposed && mine !== undefined && mine.acknowledgedAt === null,
    can: {
      activate: mayEdit && isProposed,
      withdraw: mayEdit && isProposed,
      override: mayOverride && isProposed && gate !== null,
    },
  };
}

async function runOf(version: { productId: string; status: string; error: string | null }) {
  if (version.status !== 'activating' && !version.error) return null;
  const run = await db().provisioningRun.findFirst({
    where: { productId: version.productId },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  });
  return run?.id ?? null;
}

export interface OldVersion {
  id: string;
  version: string;
  sunsetAt: string;
  readers: number;
  products: number;
  /** The newest check by its own contract's rules; null before the first. */
  quality: VersionQuality | null;
  canEnd: boolean;
}

/** Older versions that still answer, with who lives on them. @throws AppError as `listVersions` */
export async function oldVersions(ctx: Ctx, productId: string): Promise<OldVersion[]> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const rows = await db().contractVersion.findMany({
    where: { productId, status: 'deprecated' },
    orderBy: { sunsetAt: 'asc' },
    include: { product: { select: { domainId: true, ownerId: true } } },
    take: 20,
  });
  if (rows.length === 0) return [];
  const checks = await versionsQuality(ctx, productId);
  const checkOf = new Map(checks.map((one) => [one.environment, one]));
  return Promise.all(
    rows.map(async ({ id, version, environment, sunsetAt, product }) => {
      const { readers, products } = await stillUsing(db(), { productId, version });
      const isQuiet = readers + products === 0;
      return {
        ...{ id, version, readers, products, sunsetAt: iso(sunsetAt) ?? '' },
        quality: checkOf.get(environment ?? '') ?? null,
        canEnd:
          can(ctx, 'contract.override', product) || (isQuiet && can(ctx, 'product.edit', product)),
      };
    }),
  );
}
