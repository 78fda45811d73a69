import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { db, enqueueCheck, now, systemCtx, type Tx, transact } from '@/lib/core';

const DAY_MS = 86_400_000;
/** How long before the end people are told. */
const WARN_DAYS = [7, 1] as const;
const MAX_ROUND = 500;

interface Row {
  id: string;
  ruleId: string;
  status: string;
  expiresAt: Date;
  ownerId: string;
  requestedById: string | null;
  productId: string | null;
  warnedAt: Date | null;
  product: { title: string; ownerId: string; domainId: string } | null;
}

/**
 * Ends waivers whose day has passed and tells people of those that end soon: seven days and one day before, once
 * each. Several workers may call it: a conditional update decides who does which.
 * @returns how many were ended and how many were told of
 */
export async function expireWaivers(): Promise<{ expired: number; warned: number }> {
  const at = now();
  const soon = new Date(at.getTime() + WARN_DAYS[0] * DAY_MS);
  const rows: Row[] = await db().waiver.findMany({
    where: { status: { in: ['approved', 'requested'] }, expiresAt: { lte: soon } },
    orderBy: { expiresAt: 'asc' },
    take: MAX_ROUND,
    include: { product: { select: { title: true, ownerId: true, domainId: true } } },
  });
  const done = { expired: 0, warned: 0 };
  for (const row of rows) {
    if (row.expiresAt <= at) done.expired += await transact((tx) => end(tx, row));
    else if (row.status === 'approved') done.warned += await transact((tx) => warn(tx, row, at));
  }
  return done;
}

async function end(tx: Tx, row: Row): Promise<number> {
  const { count } = await tx.waiver.updateMany({
    where: { id: row.id, status: row.status },
    data: { status: 'expired' },
  });
  if (count === 0) return 0;
  audit(tx, systemCtx('waivers'), {
    action: 'waiver.expire',
    target: { type: 'waiver', id: row.id },
    ...(row.productId && { productId: row.productId }),
    ...(row.product && { domainId: row.product.domainId }),
    detail: { rule: row.ruleId, before: { status: row.status }, after: { status: 'expired' } },
  });
  if (row.status === 'approved') {
    await tell(tx, row, 'error', 'has ended: the finding counts again', 'ended');
    if (row.productId) await enqueueCheck(tx, row.productId);
  }
  return 1;
}

async function warn(tx: Tx, row: Row, at: Date): Promise<number> {
  const days = WARN_DAYS.findLast((one) => row.expiresAt.getTime() - at.getTime() <= one * DAY_MS);
  if (days === undefined) return 0;
  const since = new Date(row.expiresAt.getTime() - days * DAY_MS);
  const { count } = await tx.waiver.updateMany({
    where: {
      id: row.id,
      status: 'approved',
      OR: [{ warnedAt: null }, { warnedAt: { lt: since } }],
    },
    data: { warnedAt: at },
  });
  if (count === 0) return 0;
  const when = days === 1 ? 'within a day' : `within ${days} days`;
  await tell(tx, row, 'warning', `ends ${when}`, String(days));
  return 1;
}

async function tell(tx: Tx, row: Row, level: 'warning' | 'error', what: string, key: string) {
  const { product, productId } = row;
  await raiseAlert(tx, {
    kind: 'waiver.ending',
    level,
    title: `${product?.title ?? 'A draft'}: the waiver of ${row.ruleId} ${what}`,
    href: '/governance/waivers',
    to: {
      userIds: [row.ownerId, row.requestedById ?? [], product?.ownerId ?? []].flat(),
      stewards: level === 'error',
    },
    ...(productId && { productId }),
    ...(product && { domainId: product.domainId }),
    dedupeKey: `waiver.ending:${row.id}:${key}`,
  });
}
