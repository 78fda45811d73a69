import { now, Prisma } from '@/lib/core';
import type { Window } from '../metrics/metric';

/** Domains as a viewer finds them. */
export interface Finding {
  /** Taken as they are added up, and hidden products of them taken away again. Null: all domains. */
  whole: string[] | null;
  hidden: string[];
  /** Products of domains of which most is hidden: they are added up. */
  found: string[];
}

const within = (windows: readonly Window[], day: Prisma.Sql) =>
  Prisma.sql`(${Prisma.join(
    windows.map(({ from, to }) => Prisma.sql`(${day} >= ${from} and ${day} < ${to})`),
    ' or ',
  )})`;

/** Days of products that are not written down yet, of all products. */
export const unsettled = (windows: readonly Window[]): Prisma.Sql => {
  const from = new Date(Math.min(...windows.map((one) => one.from.getTime())));
  const to = new Date(Math.max(...windows.map((one) => one.to.getTime())));
  return Prisma.sql`select x.* from (select greatest(${from}::timestamptz, coalesce(max(through), '-infinity')) as since
      from resource_rollup) w
    cross join lateral resource_facts_of_all(w.since, ${to}::timestamptz, ${now()}::timestamptz) x`;
};

const COUNTS = Prisma.raw(`count(*) filter (where u."byteHours" > 0) as stored,
  count(*) filter (where u."loadMs" + u."qualityMs" > 0) as worked,
  count(*) filter (where u."byteHours" + u."loadMs" + u."qualityMs" > 0) as taken`);

/** Days of so many products are looked up for each; of more, the days are gone through once. */
const FEW = 800;

/** Days of some products by domain, added or taken away. */
function ofProducts(windows: readonly Window[], ids: string[], sign: 1 | -1): Prisma.Sql[] {
  if (ids.length === 0) return [];
  const isOne = Prisma.sql`p.id = any(${ids}::text[])`;
  const of = Prisma.raw(sign === 1 ? '' : '-');
  const days = within(windows, Prisma.sql`u.day`);
  const daysOf = (table: Prisma.Sql) =>
    ids.length > FEW
      ? Prisma.sql`join ${table} u on u."productId" = p.id and ${days}`
      : Prisma.sql`cross join lateral (select * from ${table} u where u."productId" = p.id and ${days} offset 0) u`;
  return [
    Prisma.sql`select u.day, p."domainId", ${of}u."byteHours", ${of}u."loadMs", ${of}u."qualityMs",
      ${of}(u."byteHours" > 0)::int, ${of}(u."loadMs" + u."qualityMs" > 0)::int,
      ${of}(u."byteHours" + u."loadMs" + u."qualityMs" > 0)::int, 0, 0, 0
    from product p ${daysOf(Prisma.sql`resource_day`)} where ${isOne}
    union all select u.day, p."domainId", 0, 0, 0, 0, 0, 0, ${of}u."latencyMs", ${of}u."sizeBytes", ${of}u.reads
    from product p ${daysOf(Prisma.sql`usage_day`)} where ${isOne}`,
  ];
}

/**
 * What products took by domain and UTC day, as far as a viewer finds them: `byteHours`, `loadMs`, `qualityMs`, `latencyMs`,
 * `sizeBytes`, `reads`, and the days of products on which something was `stored`, `worked` at, or `taken` at all. Amounts, as
 * prices of days that are over may change.
 * @param rest days that are not written down yet, of `shown` products: relations
 */
export function amountsByDomain(
  windows: readonly Window[],
  { whole, hidden, found }: Finding,
  { rest, shown }: Record<'rest' | 'shown', Prisma.Sql>,
): Prisma.Sql {
  const days = within(windows, Prisma.sql`u.day`);
  const of = whole ? Prisma.sql`u."domainId" = any(${whole}::text[])` : Prisma.sql`true`;
  const isAny = whole === null || whole.length > 0;
  const settled = [
    ...(isAny
      ? [
          Prisma.sql`select u.day, u."domainId", u."byteHours", u."loadMs", u."qualityMs", u.stored, u.worked, u.taken,
            0 as "latencyMs", 0 as "sizeBytes", 0 as reads from resource_domain_day u where ${of} and ${days}`,
          Prisma.sql`select u.day, u."domainId", 0, 0, 0, 0, 0, 0, u."latencyMs", u."sizeBytes", u.reads
            from usage_domain_day u where ${of} and ${days}`,
        ]
      : []),
    ...ofProducts(windows, hidden, -1),
    ...ofProducts(windows, found, 1),
    Prisma.sql`select u.day, p."domainId", sum(u."byteHours"), sum(u."loadMs"), sum(u."qualityMs"), ${COUNTS}, 0, 0, 0
      from ${rest} u join ${shown} p on p.id = u."productId" group by 1, 2`,
  ];
  return Prisma.sql`(select day, "domainId", sum("byteHours") as "byteHours", sum("loadMs") as "loadMs",
      sum("qualityMs") as "qualityMs", sum(stored)::float8 as stored, sum(worked)::float8 as worked, sum(taken)::float8 as taken,
      sum("latencyMs") as "latencyMs", sum("sizeBytes")::float8 as "sizeBytes", sum(reads)::float8 as reads
    from (${Prisma.join(settled, ' union all ')}) a (day, "domainId", "byteHours", "loadMs", "qualityMs", stored, worked,
      taken, "latencyMs", "sizeBytes", reads) group by 1, 2)`;
}
