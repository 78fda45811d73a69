import { Prisma } from '@/lib/core';
import { isOf, sideOf } from './facts';
import type { Period } from './period';
import type { FoundScope } from './scope';

/** The last instant of a bucket. */
const endOf = ({ bucket }: Period) =>
  Prisma.sql`(b.bucket at time zone 'UTC' + ${`1 ${bucket}`}::interval) at time zone 'UTC'`;

/**
 * The exact median of the whole, by bucket and by domain, of facts whose bins are counted: the counts say which bins hold the
 * middle one, or the middle two, and only those facts are read.
 * @param cells facts as `placed` gives them, each with its `bin`
 * @param facts the facts themselves; an index on `metric_bin(num)` and their moment finds those of a bin
 */
export function medianOfBins(
  scope: FoundScope,
  period: Period,
  { cells, facts }: Record<'cells' | 'facts', Prisma.Sql>,
): Prisma.Sql {
  const { from, to, previousFrom, previousTo } = period;
  return Prisma.sql`
    with cell as (select "isCurrent", bucket, part, bin, sum(n) as n from (${cells}) c group by 1, 2, 3, 4),
    bin as (select case when grouping(bucket) = 0 then 'bucket' when grouping(part) = 0 then 'part' else 'whole' end as kind,
        "isCurrent", bucket, part, bin, sum(n) as n
      from cell group by grouping sets (("isCurrent", bin), ("isCurrent", bucket, bin), ("isCurrent", part, bin))),
    placed as (select *, sum(n) over (partition by kind, "isCurrent", bucket, part order by bin) as upto,
        sum(n) over (partition by kind, "isCurrent", bucket, part) as total from bin),
    b as (select kind, "isCurrent", bucket, part, total, div(total - 1, 2) - min(upto - n) filter (where upto > div(total - 1, 2)) as skip,
        min(bin) filter (where upto > div(total - 1, 2)) as low, min(bin) filter (where upto > div(total, 2)) as high
      from placed group by 1, 2, 3, 4, 5)
    select b.kind, b."isCurrent", b.bucket, null::text as part, v.value, null::float8 as den, b.total::float8 as sample
    from b cross join lateral (select avg(x.num)::float8 as value from (
      select f.num from (${facts}) f
      where f.at >= greatest(b.bucket, case when b."isCurrent" then ${from}::timestamptz else ${previousFrom} end)
        and f.at < least(${endOf(period)}, case when b."isCurrent" then ${to}::timestamptz else ${previousTo} end)
        and metric_bin(f.num) = any(array[b.low, b.high]) and ${isOf(scope)}
      order by f.num offset b.skip limit 2 - b.total % 2) x) v
    where b.kind <> 'part' ${scope.parts ? Prisma.sql`union all ${ofParts(scope, period, facts)}` : Prisma.empty}`;
}

/** Of all domains at once: bins are the mesh's, so that looking into them for each would read the same facts each time. */
const ofParts = (scope: FoundScope, period: Period, facts: Prisma.Sql) => Prisma.sql`
  select 'part', m."isCurrent", null::timestamptz, m.part, avg(m.num)::float8, null::float8, m.total::float8
  from (select b."isCurrent", b.part, b.total, b.skip, f.num,
      row_number() over (partition by b."isCurrent", b.part order by f.num) as place
    from (select f."productId", f.num, ${sideOf(period)} as "isCurrent" from (${facts}) f
      where metric_bin(f.num) = any(array(select unnest(array[low, high]) from b where kind = 'part'))) f
    join product p on p.id = f."productId"
    join b on b.kind = 'part' and b.part = p."domainId" and b."isCurrent" = f."isCurrent"
      and metric_bin(f.num) = any(array[b.low, b.high])
    where ${scope.where}) m
  where m.place > m.skip and m.place <= m.skip + 2 - m.total % 2 group by m."isCurrent", m.part, m.total`;
