import { db, now, type Tx, transact } from '@/lib/core';
import { lapse } from './end-certification';
import { dayOf, tell } from './place';

const DAY_MS = 86_400_000;
export const WARN_DAYS = 14;
export const WARN_MS = WARN_DAYS * DAY_MS;
const MAX_ROUND = 500;

/**
 * Tells of certifications that end within fourteen days and of those that ran out, once each; the badge itself goes by
 * the clock. Several workers may call it: a conditional update decides who does which.
 */
export async function tellOfCertifications(): Promise<{ warned: number; ended: number }> {
  const at = now();
  const rows = await db().certification.findMany({
    where: {
      endedAt: null,
      OR: [
        { until: { lte: at } },
        { warnedAt: null, until: { lte: new Date(at.getTime() + WARN_MS) } },
      ],
    },
    orderBy: { until: 'asc' },
    take: MAX_ROUND,
    select: { id: true, productId: true, certifiedById: true, until: true },
  });
  const done = { warned: 0, ended: 0 };
  for (const row of rows) {
    const isOver = row.until <= at;
    const isMine = await transact((tx) => (isOver ? lapse(tx, row) : warn(tx, row)));
    if (isMine) done[isOver ? 'ended' : 'warned'] += 1;
  }
  return done;
}

interface Standing {
  id: string;
  productId: string;
  certifiedById: string;
  until: Date;
}

async function warn(tx: Tx, row: Standing): Promise<boolean> {
  const { count } = await tx.certification.updateMany({
    where: { id: row.id, endedAt: null, warnedAt: null },
    data: { warnedAt: now() },
  });
  if (count === 0) return false;
  await tell(tx, row, {
    kind: 'certification.ending',
    level: 'warning',
    words: `its certification ends on ${dayOf(row.until)}`,
    body: 'A steward renews it on the product’s page. Otherwise the badge goes on that day.',
  });
  return true;
}
