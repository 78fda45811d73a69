import { now, Prisma, type Tx, transact } from '@/lib/core';
import type { Metric, Window } from '../metrics/metric';
import { METRICS } from '../metrics/registry';

const DAY_MS = 86_400_000;
/** Two years, which the longest range and the one before it are. */
const DAYS = 730;
/** Days of a metric that are worked out in one round of the chore. */
const A_ROUND = 60;
/** With more gaps than this among what is kept, all facts are taken themselves. */
const MOST_GAPS = 8;
type Reader = Pick<Tx, '$queryRaw'>;

const MISSING = (metric: Metric, { from, to }: Window) => Prisma.sql`
  select d as day from generate_series(${from}::timestamptz, ${new Date(to.getTime() - DAY_MS)}::timestamptz, interval '24 hours') d
  where not exists (select 1 from metric_day_kept k where k.metric = ${metric.id} and k.day = d) order by d desc`;

const factsBy = (metric: Metric, window: Window) => Prisma.sql`
  select f.at, p."domainId", f.num, f.den, f.n from (${metric.sql(window)}) f join product p on p.id = f."productId"`;

/**
 * A metric's facts by domain: what is kept of the days of a window, and the facts themselves of days that are not.
 * @param tx a transaction of one snapshot, in which the facts are read too: a day that is forgotten meanwhile is not missed
 */
export async function keptFacts(tx: Reader, metric: Metric, window: Window): Promise<Prisma.Sql> {
  const missing = await tx.$queryRaw<{ day: Date }[]>(MISSING(metric, window));
  const gaps: Window[] = [];
  for (const { day } of missing) {
    const to = new Date(day.getTime() + DAY_MS);
    const last = gaps.at(-1);
    if (last && last.from.getTime() === to.getTime()) last.from = day;
    else gaps.push({ from: day, to });
  }
  if (gaps.length > MOST_GAPS) return factsBy(metric, window);
  const kept = Prisma.sql`select k.day as at, k."domainId", k.num, k.den, k.n from metric_day k
    where k.metric = ${metric.id} and k.day >= ${window.from} and k.day < ${window.to}`;
  return Prisma.join([kept, ...gaps.map((gap) => factsBy(metric, gap))], ' union all ');
}

/** Works out the days that are not kept, newest first, whichever process asks. @returns how many */
export async function keepMetricDays(): Promise<number> {
  const to = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS + DAY_MS);
  const window = { from: new Date(to.getTime() - DAYS * DAY_MS), to };
  let kept = 0;
  for (const metric of METRICS) {
    if (!metric.isKept) continue;
    const due = await transact((tx) =>
      tx.$queryRaw<{ day: Date }[]>(Prisma.sql`${MISSING(metric, window)} limit ${A_ROUND}`),
    );
    for (const { day } of due) if (await keepDay(metric, day)) kept += 1;
  }
  return kept;
}

/** Somebody who is changing the day's facts, or working it out too, has it: then it is left for the next round. */
function keepDay(metric: Metric, day: Date): Promise<boolean> {
  return transact(async (tx) => {
    const [free] = await tx.$queryRaw<{ has: boolean }[]>`
      select pg_try_advisory_xact_lock(metric_lock(${metric.id}, ${day}))
        and pg_try_advisory_xact_lock(metric_lock(${metric.id}, null)) as has`;
    if (!free?.has) return false;
    const begun = await tx.$executeRaw`
      insert into metric_day_kept (metric, day) values (${metric.id}, ${day}) on conflict do nothing`;
    if (begun === 0) return false;
    await tx.$executeRaw`
      insert into metric_day (metric, day, "domainId", num, den, n)
      select ${metric.id}, ${day}::timestamptz, f."domainId", sum(f.num), sum(f.den), sum(f.n)
      from (${factsBy(metric, { from: day, to: new Date(day.getTime() + DAY_MS) })}) f group by 3`;
    return true;
  });
}
