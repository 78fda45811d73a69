import { db, newId, now, Prisma, type Tx, transact } from '@/lib/core';
import type { Window } from '../metrics/metric';
import { together } from './facts';
import type { Kept } from './kept-days';
import { type Period, periodOf, RANGES, type Range } from './period';

const DAY_MS = 86_400_000;
/** Yesterday and today are still being measured: they are kept by themselves, so that what changes leaves the rest. */
const YOUNG_DAYS = 2;

/** The windows that are kept today: of every range its closed days, and the young ones that all of them end with. */
function windowsOfToday(): Window[] {
  const periods = (Object.keys(RANGES) as Range[]).map((range) => periodOf(range, now()));
  const { to } = periods[0]!;
  const young = new Date(to.getTime() - YOUNG_DAYS * DAY_MS);
  return [{ from: young, to }, ...periods.map(({ from }) => ({ from, to: young }))];
}

/** Of products, what the facts of a closed window come to; `cell` tells a product's facts apart. */
const sums = ({ sql, cell }: Kept, window: Window) => Prisma.sql`
  select f."productId", ${cell} as cell, sum(f.num) as num, sum(f.den) as den, sum(f.n) as n
  from (${sql(window)}) f group by 1, 2`;

/**
 * Asks, in one snapshot, of what the facts of a period come to by product and cell: `productId`, `cell`, `num`, `den`, `n`, in
 * one row or several. Of a range that ends today it is kept; of other periods, and while it is not, the facts are read.
 */
export function withParts<T>(
  kept: Kept,
  { from, to }: Pick<Period, 'from' | 'to'>,
  ask: (tx: Tx, parts: Prisma.Sql) => Promise<T>,
): Promise<T> {
  return db().$transaction(
    async (tx) => {
      const held = await tx.metricWindow.findMany({
        where: { metric: kept.id, isReady: true, from: { gte: from }, to: { lte: to } },
      });
      const sides: Prisma.Sql[] = [];
      const closed = held.find((one) => one.from.getTime() === from.getTime());
      if (closed) sides.push(partsOf(closed.id));
      const since = closed?.to ?? from;
      const young = held.find((one) => one.from.getTime() === since.getTime());
      sides.push(young ? partsOf(young.id) : sums(kept, { from: since, to }));
      return ask(tx, together(sides));
    },
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  );
}

const partsOf = (id: string) =>
  Prisma.sql`select k."productId", k.cell, k.num, k.den, k.n from metric_part k where k."windowId" = ${id}`;

/** Works out the windows of today that are not kept, and forgets those of days before. @returns how many */
export async function keepWindowsOf(all: readonly Kept[]): Promise<number> {
  const windows = windowsOfToday();
  let done = 0;
  for (const kept of all) {
    for (const window of windows) if (await keepWindow(kept, window)) done += 1;
  }
  const ends = [windows[0]!.from, windows[0]!.to];
  await db().metricWindow.deleteMany({ where: { to: { notIn: ends } } });
  await db()
    .$executeRaw`delete from metric_part p where not exists (select 1 from metric_window w where w.id = p."windowId")`;
  return done;
}

/**
 * The window is announced while nobody changes its facts; from then on whoever does takes the announcement away. What is
 * summed up after it, in one snapshot, is kept if it still stands.
 */
async function keepWindow(kept: Kept, { from, to }: Window): Promise<boolean> {
  const id = newId();
  const data = { metric: kept.id, from, to };
  const begun = await transact(async (tx) => {
    const free = await tx.$queryRaw<{ all: boolean }[]>`
      select bool_and(pg_try_advisory_xact_lock(metric_lock(${kept.id}, d))) as all
      from (select null::timestamptz as d union all
        select generate_series(${from}::timestamptz, ${new Date(to.getTime() - DAY_MS)}::timestamptz, interval '24 hours')) days`;
    if (!free[0]?.all) return false;
    const rows = await tx.metricWindow.createMany({
      data: { id, ...data, isReady: false, createdAt: now() },
      skipDuplicates: true,
    });
    return rows.count === 1;
  });
  if (!begun) {
    // Announced by a process that has died since.
    const abandoned = {
      ...data,
      isReady: false,
      createdAt: { lt: new Date(now().getTime() - DAY_MS / 24) },
    };
    await db().metricWindow.deleteMany({ where: abandoned });
    return false;
  }
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`
        insert into metric_part ("windowId", "productId", cell, num, den, n) select ${id}, s.* from (${sums(kept, { from, to })}) s`;
      const held = await tx.metricWindow.updateMany({ where: { id }, data: { isReady: true } });
      return held.count === 1;
    },
    { timeout: 300_000 },
  );
}
