import { now, Prisma, type Tx, transact } from '@/lib/core';
import type { Metric, Window } from '../metrics/metric';

const DAY_MS = 86_400_000;
/** Two years, which the longest range and the one before it are. */
const DAYS = 730;
/** Days of a metric that are worked out in one round of the chore. */
const A_ROUND = 31;
/** With more gaps than this among what is kept, all facts are taken themselves. */
const MOST_GAPS = 8;
type Reader = Pick<Tx, '$queryRaw'>;

/** Facts of a metric or of a chart, of which is kept what they add up to. */
export interface Kept {
  id: string;
  sql: (window: Window) => Prisma.Sql;
  /** What tells the facts `f` of a domain and a day apart. */
  cell: Prisma.Sql;
}
export const ONE_CELL = Prisma.sql`''::text`;
const BIN = Prisma.sql`metric_bin(f.num)::text`;
export const keptOf = ({ id, fold, sql }: Pick<Metric, 'id' | 'fold' | 'sql'>): Kept => ({
  ...{ id, sql },
  cell: fold === 'median' ? BIN : ONE_CELL,
});

const MISSING = (id: string, { from, to }: Window) => Prisma.sql`
  select d as day from generate_series(${from}::timestamptz, ${new Date(to.getTime() - DAY_MS)}::timestamptz, interval '24 hours') d
  where not exists (select 1 from metric_day_kept k where k.metric = ${id} and k.day = d) order by d desc`;

const factsBy = ({ sql, cell }: Kept, window: Window) => Prisma.sql`
  select f.at, p."domainId", ${cell} as cell, f.num, f.den, f.n from (${sql(window)}) f join product p on p.id = f."productId"`;

/** What is kept of all domains together stands beside what is kept of each. */
const MESH = '';

/**
 * Facts by domain, or of all together: what is kept of the days of a window, and the facts themselves of days that are not.
 * @param tx a transaction of one snapshot, in which the facts are read too: a day that is forgotten meanwhile is not missed
 */
export async function keptFacts(
  tx: Reader,
  kept: Kept,
  window: Window,
  ofMesh: boolean,
): Promise<Prisma.Sql> {
  const missing = await tx.$queryRaw<{ day: Date }[]>(MISSING(kept.id, window));
  const gaps: Window[] = [];
  for (const { day } of missing) {
    const to = new Date(day.getTime() + DAY_MS);
    const last = gaps.at(-1);
    if (last && last.from.getTime() === to.getTime()) last.from = day;
    else gaps.push({ from: day, to });
  }
  if (gaps.length > MOST_GAPS) return factsBy(kept, window);
  const held = Prisma.sql`select k.day as at, k."domainId", k.cell, k.num, k.den, k.n from metric_day k
    where k.metric = ${kept.id} and k.day >= ${window.from} and k.day < ${window.to}
      and ${ofMesh ? Prisma.sql`k."domainId" = ${MESH}` : Prisma.sql`k."domainId" <> ${MESH}`}`;
  return Prisma.join([held, ...gaps.map((gap) => factsBy(kept, gap))], ' union all ');
}

/** Works out days that are not kept, the newest first, whichever process asks. @returns how many */
export async function keepDaysOf(all: readonly Kept[]): Promise<number> {
  const to = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS + DAY_MS);
  let done = 0;
  for (const kept of all) done += await keepDays(kept, to);
  return done;
}

/** Days that somebody is changing facts of, or working out too, are left for the next round. */
function keepDays(kept: Kept, to: Date): Promise<number> {
  const { id } = kept;
  const window = { from: new Date(to.getTime() - DAYS * DAY_MS), to };
  return transact(async (tx) => {
    const begun = await tx.$queryRaw<{ day: Date }[]>`
      with due as materialized (${MISSING(id, window)} limit ${A_ROUND}),
      free as materialized (select day from due where pg_try_advisory_xact_lock(metric_lock(${id}, day))
        and pg_try_advisory_xact_lock(metric_lock(${id}, null)))
      insert into metric_day_kept (metric, day) select ${id}, day from free on conflict do nothing returning day`;
    if (begun.length === 0) return 0;
    const days = begun.map(({ day }) => day.getTime());
    const from = new Date(Math.min(...days));
    const facts = factsBy(kept, { from, to: new Date(Math.max(...days) + DAY_MS) });
    await tx.$executeRaw`
      insert into metric_day (metric, day, "domainId", cell, num, den, n)
      select k.metric, k.day, coalesce(f."domainId", ${MESH}), f.cell, sum(f.num), sum(f.den), sum(f.n) from (${facts}) f
      join metric_day_kept k on k.metric = ${id} and k.day = date_trunc('day', f.at, 'UTC')
        and k.day = any(${begun.map(({ day }) => day)}::timestamptz[])
      group by grouping sets ((k.metric, k.day, f.cell, f."domainId"), (k.metric, k.day, f.cell))`;
    return begun.length;
  });
}
