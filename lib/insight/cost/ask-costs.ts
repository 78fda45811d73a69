import { db, now, Prisma } from '@/lib/core';
import { placed, together, windowsOf } from '../figures/facts';
import { folded, type Row } from '../figures/fold';
import { besideTheOneBefore, type Period } from '../figures/period';
import type { FoundScope } from '../figures/scope';
import type { Metric, Window } from '../metrics/metric';
import { amountsByDomain, unsettled } from './cells';
import { costFactsOfDomains } from './facts';
import { findingOf } from './finding';
import { type Basis, basisOf, costsOfProducts } from './sums';

const DAY_MS = 86_400_000;
const AT_HAND = { rest: Prisma.sql`rest`, shown: Prisma.sql`shown` };
/** The most products that are told. */
const MOST = 200;

export interface Ask {
  key: string;
  metric: Metric;
  period: Period;
  parts: FoundScope['parts'];
  /** How many products are told at most. */
  most?: number;
}

/** What products cost in a period and before it, in all, over time and taken apart. */
export async function rowsOfCosts(
  metric: Metric,
  scope: FoundScope,
  period: Period,
): Promise<Row[]> {
  const rows = await askCosts(scope, [{ key: 'one', metric, period, parts: scope.parts }]);
  return rows.get('one') ?? [];
}

/**
 * Asks several metrics of costs in one statement: what is not written down yet is worked out once, and what is, is read once.
 * @returns rows by key
 */
export async function askCosts(
  scope: FoundScope,
  all: readonly Ask[],
): Promise<Map<string, Row[]>> {
  const asks = all.map((ask) => ({
    ...ask,
    period: ask.metric.isChange ? besideTheOneBefore(ask.period) : ask.period,
  }));
  const finding = await findingOf(scope);
  const windows = apart(asks.flatMap(({ metric, period }) => windowsOf(metric, period)));
  const rows = await db().$transaction(
    async (tx) => {
      const basis = await basisOf(tx);
      const products = asks.map((ask, at) => productsOf(ask, at, scope, basis));
      const statements = [
        ...asks.map((ask) => byDomain(ask, scope)),
        ...products.flatMap(({ rows }) => rows),
      ];
      return tx.$queryRaw<(Row & { key: string })[]>`
        with rest as materialized (${unsettled(windows)}),
        shown as materialized (select p.id, p."domainId" from product p where ${scope.where}),
        cell as materialized (select * from ${amountsByDomain(windows, finding, AT_HAND)} c)
        ${Prisma.join([Prisma.empty, ...products.flatMap(({ top }) => top)], ', ')}
        ${Prisma.join(statements, ' union all ')}`;
    },
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  );
  return Map.groupBy(rows, ({ key }) => key);
}

/** The whole, over time, and by domain where that is asked. */
function byDomain({ key, metric, period, parts }: Ask, scope: FoundScope): Prisma.Sql {
  const facts = windowsOf(metric, period).map((window) =>
    costFactsOfDomains(window, metric.costs!, Prisma.sql`cell`),
  );
  const own = parts === 'domain' ? parts : null;
  const cells = placed(metric, { ...scope, parts: own, hidden: [] }, period, {
    byDomain: together(facts),
  });
  return Prisma.sql`select ${key} as key, x.* from (${folded(metric, cells, own !== null)}) x`;
}

/** The dearest products, and what the same ones cost before. */
function productsOf(
  { key, metric, period, parts, most = MOST }: Ask,
  at: number,
  scope: FoundScope,
  basis: Basis,
) {
  if (parts !== 'product') return { top: [], rows: [] };
  const costs = metric.costs!;
  const [current, before] = sidesOf(metric, period, basis);
  const rest = Prisma.sql`rest`;
  const top = Prisma.raw(`top${at}`);
  // Of the mesh most products are shown: it is quicker to look which ones afterwards.
  const among = scope.domainId || scope.hidden === null ? Prisma.sql`shown` : null;
  const told = (
    isCurrent: boolean,
  ) => Prisma.sql`${key} as key, 'part' as kind, ${isCurrent} as "isCurrent",
    null::timestamptz as bucket, x."productId" as part, ${costs.hasReads ? Prisma.sql`x.num / nullif(x.den, 0)` : Prisma.sql`x.num`}::float8 as value, x.den, x.n as sample`;
  const order = costs.hasReads ? Prisma.sql`x.den` : Prisma.sql`x.num`;
  return {
    top: [
      Prisma.sql`${top} as materialized (select x.*, x."productId" as id
        from (${costsOfProducts(costs, current, basis, among, rest)}) x join shown s on s.id = x."productId"
        order by ${order} desc nulls last, 1 limit ${most})`,
    ],
    rows: [
      Prisma.sql`select ${told(true)} from ${top} x`,
      Prisma.sql`select ${told(false)} from (${costsOfProducts(costs, before, basis, top, rest)}) x`,
    ],
  };
}

/** A period and the one before it; of a metric of whole days without what it leaves out. */
function sidesOf(metric: Metric, period: Period, { versions }: Basis): [Window, Window] {
  const { from, to, previousFrom, previousTo } = period;
  if (!metric.costs!.ofWholeDays) return [period, { from: previousFrom, to: previousTo }];
  const first = new Date(previousFrom.getTime() + DAY_MS);
  const today = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS);
  const isPriced = versions.some((version) => version.from <= first);
  const none = { from, to: from };
  if (!isPriced) return [none, none];
  return [
    { from, to: to > today ? today : to },
    { from: first, to: previousTo },
  ];
}

/** Windows that do not meet, in which all of them are. */
function apart(windows: readonly Window[]): Window[] {
  const all: Window[] = [];
  for (const { from, to } of windows.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = all.at(-1);
    if (!last || last.to < from) all.push({ from, to });
    else if (last.to < to) last.to = to;
  }
  return all;
}
