import { Prisma } from '@/lib/core';
import type { Metric } from '../metrics/metric';

/** What a statement gives of a metric. */
export interface Row {
  kind: 'whole' | 'bucket' | 'part';
  /** False for the period that it is compared with, null for what lies between, which only a level counts. */
  isCurrent: boolean | null;
  bucket: Date | null;
  part: string | null;
  value: number | null;
  den: number | null;
  sample: number;
}
const FOLDS: Record<Metric['fold'], string> = {
  sum: 'sum(s.num)',
  mean: 'sum(s.num) / nullif(sum(s.den), 0)',
  median: 'percentile_cont(0.5) within group (order by s.num)',
  people: 'sum(bit_count(bit_or(s.readers))) of each chunk',
  level: 'sum(s.num)',
  share: 'sum(s.num) / nullif(sum(s.den), 0)',
  state: 'sum(s.num) / nullif(sum(s.den), 0)',
};
export const foldSql = (metric: Pick<Metric, 'fold'>): string => FOLDS[metric.fold];

const SETS = [
  ['whole', 'null::timestamptz as bucket, null::text as part'],
  ['bucket', 'bucket, null::text as part'],
  ['part', 'null::timestamptz as bucket, part'],
] as const;

/** Different people in all, by bucket and by part: the sets of their numbers joined, and then counted. */
export function counted(facts: Prisma.Sql, hasParts: boolean): Prisma.Sql {
  const counts = SETS.slice(0, hasParts ? 3 : 2).map(([kind, group]) => {
    const cells = Prisma.raw(group);
    return Prisma.sql`select ${kind} as kind, "isCurrent", bucket, part, sum(bit_count(readers))::float8 as value,
        null::float8 as den, sum(n)::float8 as sample
      from (select "isCurrent", ${cells}, chunk, bit_or(readers) as readers, sum(n) as n
        from s group by 1, 2, 3, 4) one group by 2, 3, 4`;
  });
  return Prisma.sql`with s as materialized (select "isCurrent", bucket, part, chunk, bit_or(readers) as readers, sum(n) as n
      from (${facts}) f group by 1, 2, 3, 4)
    ${Prisma.join(counts, ' union all ')}`;
}

/** Sums are added up once by bucket and part, and from there to the wholes; a median needs every fact. */
export function folded(metric: Metric, facts: Prisma.Sql, hasParts: boolean): Prisma.Sql {
  const parts = hasParts ? Prisma.sql`, (s."isCurrent", s.part)` : Prisma.empty;
  const part = hasParts ? Prisma.sql`when grouping(s.part) = 0 then 'part'` : Prisma.empty;
  const cells =
    metric.fold === 'median'
      ? facts
      : Prisma.sql`select "isCurrent", bucket, part, sum(num) as num, sum(den) as den, sum(n) as n
          from (${facts}) f group by 1, 2, 3`;
  return Prisma.sql`select case when grouping(s.bucket) = 0 then 'bucket' ${part} else 'whole' end as kind,
      s."isCurrent", s.bucket, ${hasParts ? Prisma.sql`s.part` : Prisma.sql`null as part`}, (${Prisma.raw(metric.fold === 'share' ? 'sum(s.num)' : FOLDS[metric.fold])})::float8 as value,
      sum(s.den)::float8 as den, sum(s.n)::float8 as sample
    from (${cells}) s group by grouping sets ((s."isCurrent"), (s."isCurrent", s.bucket) ${parts})`;
}
