import { now, Prisma } from '@/lib/core';
import type { Window } from '../metrics/metric';
import { type ProposedPrices, pricesByDay } from './prices';

export const COST_KINDS = ['storage', 'load', 'quality', 'query', 'egress'] as const;
export type CostKind = (typeof COST_KINDS)[number];
/** What a product takes of the platform by itself, and what its readers take. */
type Source = 'resource' | 'usage';

/** Of `u`, what was taken; `p` is the price of it. A gigabyte is 10^9 bytes, a month 30 days. */
const KINDS: Record<CostKind, { source: Source; amount: string; cost: string; words: string }> = {
  storage: {
    source: 'resource',
    amount: 'u."byteHours"',
    cost: 'u."byteHours" / 1e9 / 720 * p."storageGbMonth"',
    words: `'stored ' || round(u."byteHours"::numeric / 24) || ' bytes'`,
  },
  load: {
    source: 'resource',
    amount: 'u."loadMs"',
    cost: 'u."loadMs" / 3.6e6 * p."loadHour"',
    words: `'loaded for ' || round(u."loadMs"::numeric / 1000, 1) || ' s'`,
  },
  quality: {
    source: 'resource',
    amount: 'u."qualityMs"',
    cost: 'u."qualityMs" / 3.6e6 * p."qualityHour"',
    words: `'checked for ' || round(u."qualityMs"::numeric / 1000, 1) || ' s'`,
  },
  query: {
    source: 'usage',
    amount: 'u."latencyMs"',
    cost: 'u."latencyMs" / 3.6e6 * p."queryHour"',
    words: `u.reads || ' reads of ' || round(u."latencyMs"::numeric / 1000, 1) || ' s in all'`,
  },
  egress: {
    source: 'usage',
    amount: 'u."sizeBytes"',
    cost: 'u."sizeBytes" / 1e9 * p."egressGb"',
    words: `'served ' || u."sizeBytes" || ' bytes'`,
  },
};

/** Days of products as `u`: those that are written down, and those that are not over. */
const resources = ({ from, to }: Window) => Prisma.sql`(
    select * from resource_day where day >= ${from} and day < ${to}
    union all
    select x.* from (select greatest(${from}::timestamptz, coalesce(max(through), '-infinity')) as since from resource_rollup) w
    cross join lateral resource_facts(w.since, ${to}::timestamptz, ${now()}::timestamptz) x)`;
const usage = ({ from, to }: Window) =>
  Prisma.sql`(select * from usage_day where day >= ${from} and day < ${to})`;
const FROM = { resource: resources, usage } satisfies Record<Source, unknown>;

const joined = (kinds: readonly CostKind[], part: 'amount' | 'cost', by = ' + ') =>
  Prisma.raw(kinds.map((kind) => KINDS[kind][part]).join(by) || '0');
const ofSource = (kinds: readonly CostKind[], source: Source) =>
  kinds.filter((kind) => KINDS[kind].source === source);

/** What `u` costs by the prices `p`, as far as it is of a source. */
export const costOf = (kinds: readonly CostKind[], source?: Source): Prisma.Sql =>
  joined(source ? ofSource(kinds, source) : kinds, 'cost');

/** How many days of products, and how many reads, amounts by domain stand for. */
function observedOf(kinds: readonly CostKind[], hasReads: boolean): Prisma.Sql {
  const own = ofSource(kinds, 'resource');
  const isStored = own.includes('storage');
  const days = isStored ? (own.length > 1 ? 'u.taken' : 'u.stored') : 'u.worked';
  const reads = ofSource(kinds, 'usage').length > 0 ? 'u.reads' : '0';
  return Prisma.raw(own.length > 0 && !hasReads ? `${days} + ${reads}` : reads);
}

interface CostOptions {
  /** A fact's `den` is the reads that it was for, and only they are counted. */
  hasReads?: boolean;
}

/** What one source costs, as facts of a metric. Days on which no price is in force are left out. */
function factsOf(source: Source, kinds: readonly CostKind[], window: Window, hasReads: boolean) {
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

/** Facts of a metric: what the kinds cost by product and UTC day; beside the reads that they were for, where asked. */
export function costFacts(
  window: Window,
  kinds: readonly CostKind[],
  { hasReads = false }: CostOptions = {},
): Prisma.Sql {
  const facts = [
    ...factsOf('resource', kinds, window, hasReads),
    ...factsOf('usage', kinds, window, hasReads),
  ];
  return Prisma.join(facts, ' union all ');
}

/** The same by domain, of amounts by domain and day (`cells.ts`). */
export function costFactsOfDomains(
  window: Window,
  kinds: readonly CostKind[],
  amounts: Prisma.Sql,
  { hasReads = false }: CostOptions = {},
): Prisma.Sql {
  return Prisma.sql`select * from (
    select u.day as at, u."domainId", (${costOf(kinds)})::float8 as num,
      ${hasReads ? Prisma.sql`u.reads::float8` : Prisma.sql`null::float8`} as den, ${observedOf(kinds, hasReads)} as n
    from ${amounts} u join (${pricesByDay(window)}) p on p.day = u.day) f where f.n > 0 or f.num > 0`;
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
