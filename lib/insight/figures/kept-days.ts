import { now, Prisma, type Tx, transact } from '@/lib/core';
import type { Metric, Window } from '../metrics/metric';
import { METRICS } from '../metrics/registry';

const DAY_MS = 86_400_000;
/** Two years, which the longest range and the one before it are. */
const DAYS = 730;
/** Days of a metric that are worked out in one round of the chore. */
const A_ROUND = 31;
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

/** Works out days that are not kept, the newest first, whichever process asks. @returns how many */
export async function keepMetricDays(): Promise<number> {
  const to = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS + DAY_MS);
  let kept = 0;
  for (const metric of METRICS) if (metric.isKept) kept += await keepDays(metric, to);
  return kept;
}

/** Days that somebody is changing facts of, or working out too, are left for the next round. */
function keepDays(metric: Metric, to: Date): Promise<number> {
  const { id } = metric;
  const window = { from: new Date(to.getTime() - DAYS * DAY_MS), to };
  return transact(async (tx) => {
    const begun = await tx.$queryRaw<{ day: Date }[]>`
      with due as materialized (${MISSING(metric, window)} limit ${A_ROUND}),
      free as materialized (select day from due where pg_try_advisory_xact_lock(metric_lock(${id}, day))
        and pg_try_advisory_xact_lock(metric_lock(${id}, null)))
      insert into metric_day_kept (metric, day) select ${id}, day from free on conflict do nothing returning day`;
    if (begun.length === 0) return 0;
    const days = begun.map(({ day }) => day.getTime());
    const from = new Date(Math.min(...days));
    const facts = factsBy(metric, { from, to: new Date(Math.max(...days) + DAY_MS) });
    await tx.$executeRaw`
      insert into metric_day (metric, day, "domainId", num, den, n)
      select k.metric, k.day, f."domainId", sum(f.num), sum(f.den), sum(f.n) from (${facts}) f
      join metric_day_kept k on k.metric = ${id} and k.day = date_trunc('day', f.at, 'UTC')
        and k.day = any(${begun.map(({ day }) => day)}::timestamptz[])
      group by 1, 2, 3`;
    return begun.length;
  });
}
