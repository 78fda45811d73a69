import { type Ctx, can, db, now, type Tx } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { PRICES, type Prices } from './prices';

export interface CostVersion extends Prices {
  number: number;
  currency: string;
  /** ISO 8601: the first instant at which it is in force. */
  from: string;
  reason: string;
  by: string | null;
  at: string;
}
export interface CostModelView {
  /** What is in force today; null when nothing is. */
  current: CostVersion | null;
  /** Newest first, the last fifty. */
  versions: CostVersion[];
  mayEdit: boolean;
}

const SHOWN = 50;

/** What a unit costs, and what it cost before. @throws AppError unauthenticated | forbidden */
export async function costModel(ctx: Ctx): Promise<CostModelView> {
  requireSignedIn(ctx, ['catalog:read']);
  const [rows, inForce] = await Promise.all([
    db().costModel.findMany({ orderBy: { number: 'desc' }, take: SHOWN }),
    db().costModel.findFirst({
      where: { from: { lte: now() } },
      orderBy: { number: 'desc' },
    }),
  ]);
  const ids = [...rows, ...(inForce ? [inForce] : [])].flatMap(({ authorId }) => authorId ?? []);
  const people = await db().user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const view = (row: (typeof rows)[number]): CostVersion => ({
    ...pricesOf(row),
    ...{ number: row.number, currency: row.currency, reason: row.reason },
    from: row.from.toISOString(),
    by: names.get(row.authorId ?? '') ?? null,
    at: row.createdAt.toISOString(),
  });
  return {
    current: inForce && view(inForce),
    versions: rows.map(view),
    mayEdit: can(ctx, 'cost.edit'),
  };
}

export const pricesOf = (row: Prices): Prices =>
  Object.fromEntries(PRICES.map((one) => [one, row[one]])) as Prices;

/** The newest version, in force or to come. */
export const newestVersion = (tx: Tx) => tx.costModel.findFirst({ orderBy: { number: 'desc' } });
