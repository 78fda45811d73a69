import { db, Prisma } from '@/lib/core';
import { placed, together, windowsOf } from '../figures/facts';
import { folded, type Row } from '../figures/figure';
import { besideTheOneBefore, type Period } from '../figures/period';
import type { FoundScope } from '../figures/scope';
import type { Metric, Window } from '../metrics/metric';
import { amountsByDomain, findingOf, unsettled } from './cells';
import { basisOf, costsOfProducts } from './sums';

/** The most products of a domain that are told, and the dearest of the mesh. */
const MOST = { product: 200, domain: 10 };

interface Ask {
  key: string;
  metric: Metric;
  period: Period;
  parts: 'domain' | null;
}

/**
 * Asks figures that are made of the same amounts in one statement: what is not written down yet is worked out once, and what
 * is, is read once. @returns rows by key; `products` are the dearest ones
 */
export async function askBoard(
  scope: FoundScope,
  period: Period,
  asks: readonly Ask[],
): Promise<Map<string, Row[]>> {
  const finding = await findingOf(scope);
  const asked = asks.map((ask) => ({
    ...ask,
    period: ask.metric.isChange ? besideTheOneBefore(ask.period) : ask.period,
  }));
  const windows = apart(asked.flatMap((ask) => windowsOf(ask.metric, ask.period)));
  const ofMetrics = asked.map((ask) => {
    const facts = windowsOf(ask.metric, ask.period).map((window) =>
      ask.metric.byDomain!(window, Prisma.sql`cell`),
    );
    const own = { ...scope, parts: ask.parts, inPart: [] };
    const cells = placed(ask.metric, own, ask.period, together(facts));
    return Prisma.sql`select ${ask.key} as key, x.* from (${folded(ask.metric, cells, ask.parts !== null)}) x`;
  });
  const before = { from: period.previousFrom, to: period.previousTo };
  const rest = Prisma.sql`rest`;
  const shown = Prisma.sql`shown as materialized (select p.id from product p where ${scope.where}),`;
  const told = (
    isCurrent: boolean,
  ) => Prisma.sql`'products' as key, 'part' as kind, ${isCurrent} as "isCurrent",
    null::timestamptz as bucket, "productId" as part, num::float8 as value, null::float8 as den, n as sample`;
  const rows = await db().$transaction(
    async (tx) => {
      const basis = await basisOf(tx);
      return tx.$queryRaw<(Row & { key: string })[]>`
        with rest as materialized (${unsettled(windows)}),
        cell as materialized (select * from ${amountsByDomain(windows, finding, rest)} c),
        ${scope.parts === 'domain' ? Prisma.empty : shown}
        top as materialized (select p.id, p.id as "productId", x.num, x.n
          from (${costsOfProducts(period, basis, scope.parts === 'domain' ? null : Prisma.sql`shown`, rest)}) x
          join product p on p.id = x."productId" and ${scope.where} order by x.num desc, 1 limit ${MOST[scope.parts ?? 'domain']})
        ${Prisma.join(ofMetrics, ' union all ')}
        union all select ${told(true)} from top
        union all select ${told(false)} from (${costsOfProducts(before, basis, Prisma.sql`top`, rest)}) y`;
    },
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  );
  return Map.groupBy(rows, ({ key }) => key);
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
