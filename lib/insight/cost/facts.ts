import { now, Prisma } from '@/lib/core';
import type { Window } from '../metrics/metric';
import {
  COST_KINDS,
  type Costs,
  costOf,
  joined,
  KINDS,
  observedOf,
  ofSource,
  type Source,
} from './kinds';
import { type ProposedPrices, pricesByDay } from './prices';

/** Days of products as `u`: those that are written down, and those that are not over. */
const resources = ({ from, to }: Window) => Prisma.sql`(
    select * from resource_day where day >= ${from} and day < ${to}
    union all
    select x.* from (select greatest(${from}::timestamptz, coalesce(max(through), '-infinity')) as since from resource_rollup) w
    cross join lateral resource_facts(w.since, ${to}::timestamptz, ${now()}::timestamptz) x)`;
const usage = ({ from, to }: Window) =>
  Prisma.sql`(select * from usage_day where day >= ${from} and day < ${to})`;
const FROM = { resource: resources, usage } satisfies Record<Source, unknown>;

/** What one source costs, as facts of a metric. Days on which no price is in force are left out. */
function factsOf(source: Source, { kinds, hasReads }: Costs, window: Window) {
  const own = ofSource(kinds, source);
  if (own.length === 0) return [];
  const isUsage = source === 'usage';
  const reads = isUsage ? Prisma.sql`u.reads` : Prisma.sql`0`;
  const words = Prisma.raw(
    own
      .map((kind) => `case when ${KINDS[kind].amount} > 0 then ${KINDS[kind].words} end`)
      .join(', '),
  );
  return [
    Prisma.sql`select u.day as at, u."productId", (${costOf(own)})::float8 as num,
      ${hasReads ? Prisma.sql`${reads}::float8` : Prisma.sql`null::float8`} as den, ${hasReads || isUsage ? reads : Prisma.sql`1`} as n,
      u."productId" || to_char(u.day at time zone 'UTC', ':YYYY-MM-DD:') || ${source}::text as key,
      coalesce(nullif(concat_ws(', ', ${words}), ''), ${reads} || ' reads') as label
    from ${FROM[source](window)} u join (${pricesByDay(window)}) p on p.day = u.day
    where ${joined(own, 'amount')} > 0 ${isUsage ? Prisma.sql`or u.reads > 0` : Prisma.empty}`,
  ];
}

const ofWholeDays = ({ from }: Window, facts: Prisma.Sql) => Prisma.sql`
    select c.* from (${facts}) c
    where c.at >= ${from}::timestamptz + interval '24 hours' and c.at < date_trunc('day', ${now()}::timestamptz, 'UTC')
      and exists (select 1 from cost_model m where m."from" <= ${from}::timestamptz + interval '24 hours')`;

/** Facts of a metric: what its kinds cost by product and UTC day; beside the reads that they were for, where asked. */
export function costFacts(window: Window, costs: Costs): Prisma.Sql {
  const facts = [...factsOf('resource', costs, window), ...factsOf('usage', costs, window)];
  const all = Prisma.join(facts, ' union all ');
  return costs.ofWholeDays ? ofWholeDays(window, all) : all;
}

/** The same by domain: of `amounts` as `cells.ts` gives them. */
export function costFactsOfDomains(window: Window, costs: Costs, amounts: Prisma.Sql): Prisma.Sql {
  const facts = Prisma.sql`select * from (
    select u.day as at, u."domainId", (${costOf(costs.kinds)})::float8 as num,
      ${costs.hasReads ? Prisma.sql`u.reads::float8` : Prisma.sql`null::float8`} as den, ${observedOf(costs)} as n
    from ${amounts} u join (${pricesByDay(window)}) p on p.day = u.day) f where f.n > 0 or f.num > 0`;
  return costs.ofWholeDays ? ofWholeDays(window, facts) : facts;
}

/** What every kind costs of the products `p` that `where` lets through, under prices that may not be saved: one row. */
export function costByKind(window: Window, where: Prisma.Sql, proposed?: ProposedPrices) {
  const sums = (source: Source) =>
    Prisma.raw(
      COST_KINDS.map((kind) =>
        KINDS[kind].source === source
          ? `(${KINDS[kind].cost})::float8 as ${kind}`
          : `0::float8 as ${kind}`,
      ).join(', '),
    );
  const one = (source: Source) => Prisma.sql`select u."productId", ${sums(source)}
    from ${FROM[source](window)} u join (${pricesByDay(window, proposed)}) p on p.day = u.day`;
  const totals = Prisma.raw(
    COST_KINDS.map((kind) => `coalesce(sum(c.${kind}), 0)::float8 as ${kind}`).join(', '),
  );
  return Prisma.sql`select count(*)::int as facts, ${totals}
    from (${one('resource')} union all ${one('usage')}) c join product p on p.id = c."productId" where ${where}`;
}
