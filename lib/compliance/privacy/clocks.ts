import { raiseAlert } from '@/lib/alerts';
import { db, now, transact } from '@/lib/core';

const SOON_MS = 7 * 86_400_000;
const OPEN = { notIn: ['completed', 'rejected'] };

/**
 * Tells stewards of requests whose last day by law is within a week, and again when it has come: once each,
 * whichever worker gets there first. @returns how many were told of
 */
export async function watchClocks(): Promise<number> {
  const at = now();
  const rows = await db().privacyRequest.findMany({
    where: {
      status: OPEN,
      clockAlert: { lt: 2 },
      dueAt: { lte: new Date(at.getTime() + SOON_MS) },
    },
    orderBy: { dueAt: 'asc' },
    take: 500,
  });
  let told = 0;
  for (const { id, regulation, kind, dueAt, clockAlert } of rows) {
    const stage = dueAt <= at ? 2 : 1;
    if (clockAlert >= stage) continue;
    told += await transact(async (tx) => {
      const { count } = await tx.privacyRequest.updateMany({
        where: { id, status: OPEN, clockAlert },
        data: { clockAlert: stage },
      });
      if (count === 0) return 0;
      const day = dueAt.toISOString().slice(0, 10);
      await raiseAlert(tx, {
        kind: 'privacy.due',
        level: stage === 2 ? 'error' : 'warning',
        title: `${regulation.toUpperCase()} ${kind}: the last day by law ${stage === 2 ? 'was' : 'is'} ${day}`,
        href: `/governance/privacy/${id}`,
        to: { stewards: true },
        dedupeKey: `privacy.due:${id}:${day}:${stage}`,
      });
      return 1;
    });
  }
  return told;
}
