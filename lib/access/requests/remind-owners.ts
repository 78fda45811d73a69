import { raiseAlert } from '@/lib/alerts';
import { db, now, systemCtx, transact } from '@/lib/core';
import { noteItem } from '../history';
import { deputiesOf } from './deputies';

const HOUR_MS = 3_600_000;
const REMIND_HOURS = 48;
const ESCALATE_HOURS = 120;
const MAX_ROUND = 200;
const ctx = systemCtx('access');

/**
 * Reminds owners of requests that wait for two days, and takes them to the domain's data admins after five. A
 * conditional update decides which worker does it. @returns how many were reminded and escalated
 */
export async function remindOwners(): Promise<{ reminded: number; escalated: number }> {
  const before = (hours: number) => new Date(now().getTime() - hours * HOUR_MS);
  const rows = await db().accessRequestItem.findMany({
    where: {
      status: 'open',
      OR: [
        { remindedAt: null, createdAt: { lte: before(REMIND_HOURS) } },
        { escalatedAt: null, createdAt: { lte: before(ESCALATE_HOURS) } },
      ],
    },
    orderBy: { createdAt: 'asc' },
    take: MAX_ROUND,
    include: { product: true, request: { include: { requester: true } } },
  });
  const done = { reminded: 0, escalated: 0 };
  for (const row of rows) {
    const isLate = row.createdAt <= before(ESCALATE_HOURS);
    const isDone = await (isLate ? tell(row, 'escalated') : tell(row, 'reminded'));
    if (isDone) done[isLate ? 'escalated' : 'reminded'] += 1;
  }
  return done;
}

interface Row {
  id: string;
  product: { id: string; title: string; ownerId: string; domainId: string };
  request: { requester: { email: string } };
}

function tell(row: Row, kind: 'reminded' | 'escalated'): Promise<boolean> {
  const { id, product, request } = row;
  const column = kind === 'reminded' ? 'remindedAt' : 'escalatedAt';
  return transact(async (tx) => {
    const { count } = await tx.accessRequestItem.updateMany({
      where: { id, status: 'open', [column]: null },
      data: { [column]: now(), ...(kind === 'escalated' && { remindedAt: now() }) },
    });
    if (count === 0) return false;
    await noteItem(tx, ctx, id, kind);
    await raiseAlert(tx, {
      kind: 'access.waiting',
      level: kind === 'escalated' ? 'error' : 'warning',
      title: `${request.requester.email} waits for ${product.title}`,
      body:
        kind === 'escalated' ? 'The owner has not decided for five days. A data admin may.' : '',
      href: `/access/requests/${id}`,
      to: {
        userIds: [product.ownerId, ...(await deputiesOf(tx, product.ownerId))],
        ...(kind === 'escalated' && { adminsOfDomains: [product.domainId] }),
      },
      productId: product.id,
      domainId: product.domainId,
      dedupeKey: `access.waiting:${id}:${kind}`,
    });
    return true;
  });
}
