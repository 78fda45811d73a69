import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { enqueueCheck, newId, notify, now, Prisma, systemCtx, type Tx, transact } from '@/lib/core';
import { noteGrant, noteItem } from '../history';
import { nextReview } from './grant-access';
import { probeGrant } from './probe-grant';

interface Steps {
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
}
interface Written {
  grantId: string;
  /** The end that a renewed grant had before. */
  endedAt: string | null;
}

const DAY_MS = 86_400_000;
const ctx = systemCtx('access');

/**
 * Makes an approved line true: writes the grant, reads the product in the consumer's place through the public read path, and
 * only then says Active. A read that fails takes the grant back and says why. Each step may be repeated.
 */
export async function grantRun(
  steps: Steps,
  itemId: string,
  checkpoint: (name: string) => Promise<void>,
): Promise<void> {
  const written = await steps.step('write', () => transact((tx) => write(tx, itemId)));
  if (!written) return;
  await checkpoint('written');
  const problem = await steps.step('probe', () => probeGrant(written.grantId));
  await checkpoint('probed');
  await steps.step('settle', () => transact((tx) => settle(tx, itemId, written, problem)));
}

const load = (tx: Tx, id: string) =>
  tx.accessRequestItem.findUniqueOrThrow({
    where: { id },
    include: { request: true, product: true },
  });
type Item = Awaited<ReturnType<typeof load>>;

async function write(tx: Tx, itemId: string): Promise<Written | null> {
  await tx.$queryRaw`select 1 from access_request_item where id = ${itemId} for update`;
  const item = await load(tx, itemId);
  if (item.status !== 'granting') return null;
  const { request, product } = item;
  const days = item.days ?? request.days;
  const expiresAt = new Date(now().getTime() + days * DAY_MS);
  const written = request.renewsId
    ? await renew(tx, item, request.renewsId, expiresAt)
    : await create(tx, item, expiresAt);
  await notify(tx, 'portolan_access', product.id);
  await enqueueCheck(tx, product.id);
  return written;
}

async function create(tx: Tx, item: Item, expiresAt: Date): Promise<Written> {
  const made = await tx.grant.findUnique({ where: { requestItemId: item.id } });
  if (made) return { grantId: made.id, endedAt: null };
  const { request, product } = item;
  const { purpose, note, teamId, readerId } = request;
  const grant = await tx.grant.create({
    data: {
      ...{ id: newId(), productId: product.id, subjectId: request.requesterId, teamId, readerId },
      ...{ purpose, note, expiresAt, requestItemId: item.id, createdAt: now() },
      ...{ terms: (item.terms ?? Prisma.DbNull) as object, reviewAt: nextReview() },
      grantedById: item.decidedById ?? 'system',
    },
  });
  await noteGrant(tx, ctx, grant, 'granted');
  audit(tx, ctx, {
    action: 'access.grant',
    target: { type: 'grant', id: grant.id },
    ...placeOf(item),
    detail: { request: item.id, purpose, terms: item.terms, expiresAt: expiresAt.toISOString() },
  });
  return { grantId: grant.id, endedAt: null };
}

/** A renewed grant goes on as it is, or narrower, for more days. */
async function renew(tx: Tx, item: Item, grantId: string, until: Date): Promise<Written | null> {
  const grant = await tx.grant.findUnique({ where: { id: grantId } });
  if (!grant || grant.revokedAt) {
    await fail(tx, item, 'The grant was revoked before it was renewed');
    return null;
  }
  const done = await tx.grantEvent.findFirst({
    where: { grantId, kind: 'renewed', note: item.id },
  });
  if (done) return { grantId, endedAt: await endBefore(tx, grantId, done.at) };
  const before = grant.expiresAt?.toISOString() ?? null;
  const terms = item.terms ?? grant.terms;
  const renewed = await tx.grant.update({
    where: { id: grantId },
    data: { expiresAt: until, terms: (terms ?? Prisma.DbNull) as object, reviewAt: nextReview() },
  });
  await noteGrant(tx, ctx, renewed, 'renewed', item.id);
  audit(tx, ctx, {
    action: 'access.renew',
    target: { type: 'grant', id: grantId },
    ...placeOf(item),
    detail: { before: { expiresAt: before }, after: { expiresAt: until.toISOString() } },
  });
  return { grantId, endedAt: before };
}

/** The end by the grant's history before that moment. */
async function endBefore(tx: Tx, grantId: string, at: Date): Promise<string | null> {
  const event = await tx.grantEvent.findFirst({
    where: { grantId, at: { lt: at } },
    orderBy: { at: 'desc' },
  });
  return (event?.state as { expiresAt?: string | null } | undefined)?.expiresAt ?? null;
}

async function settle(
  tx: Tx,
  itemId: string,
  { grantId, endedAt }: Written,
  problem: string | null,
): Promise<void> {
  await tx.$queryRaw`select 1 from access_request_item where id = ${itemId} for update`;
  const item = await load(tx, itemId);
  if (item.status !== 'granting') return;
  const grant = await tx.grant.findUniqueOrThrow({ where: { id: grantId } });
  if (grant.revokedAt) return fail(tx, item, 'The grant was revoked while it was being made');
  if (problem === null) {
    await noteGrant(tx, ctx, grant, 'checked');
    return activate(tx, item);
  }
  const end = endedAt
    ? { expiresAt: new Date(endedAt) }
    : { revokedAt: now(), revokedById: 'system' };
  await tx.grant.update({ where: { id: grantId }, data: end });
  await noteGrant(tx, ctx, grant, 'undone', problem);
  await notify(tx, 'portolan_access', item.productId);
  await enqueueCheck(tx, item.productId);
  await fail(tx, item, problem);
}

async function activate(tx: Tx, item: Item): Promise<void> {
  await tx.accessRequestItem.update({ where: { id: item.id }, data: { status: 'active' } });
  await noteItem(tx, ctx, item.id, 'active', 'A read in your place gave rows');
  audit(tx, ctx, {
    action: 'access.active',
    target: { type: 'access_request_item', id: item.id },
    ...placeOf(item),
    detail: {},
  });
  await raiseAlert(tx, {
    kind: 'access.granted',
    level: 'info',
    title: `You may read ${item.product.title} now`,
    href: '/my-data',
    to: { userIds: [item.request.requesterId] },
    ...placeOf(item),
    dedupeKey: `access.granted:${item.id}`,
  });
}

async function fail(tx: Tx, item: Item, why: string): Promise<void> {
  await tx.accessRequestItem.update({ where: { id: item.id }, data: { status: 'failed' } });
  await noteItem(tx, ctx, item.id, 'failed', why);
  audit(tx, ctx, {
    action: 'access.fail',
    target: { type: 'access_request_item', id: item.id },
    ...placeOf(item),
    detail: { problem: why },
  });
  await raiseAlert(tx, {
    kind: 'access.failed',
    level: 'error',
    title: `Access to ${item.product.title} was approved and does not work`,
    body: `${why}. Nothing was opened.`,
    href: `/access/requests/${item.id}`,
    to: { userIds: [item.request.requesterId, item.product.ownerId] },
    ...placeOf(item),
    dedupeKey: `access.failed:${item.id}`,
  });
}

const placeOf = ({ product }: Item) => ({ productId: product.id, domainId: product.domainId });
