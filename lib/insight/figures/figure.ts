import { db, Prisma } from '@/lib/core';
import type { Metric } from '../metrics/metric';
import type { Period } from './period';
import type { FoundScope } from './scope';

/** A figure, or null where there is too little to compute it. */
export interface Figure {
  value: number | null;
  /** How many observations it rests on. */
  sample: number;
}
export interface Point extends Figure {
  /** ISO 8601: the bucket's first instant, within the period. */
  at: string;
}
export interface Part extends Figure {
  /** `domain` or `domain/product`. */
  address: string;
  title: string;
  previous: number | null;
}
export interface Figures extends Figure {
  previous: number | null;
  points: Point[];
  parts: Part[];
}

interface Row {
  kind: 'whole' | 'bucket' | 'part';
  isCurrent: boolean;
  bucket: Date | null;
  part: string | null;
  value: number | null;
  sample: number;
}
type Cell = Pick<Row, 'value' | 'sample'>;
const PARTS = 200;
const NONE: Cell = { value: null, sample: 0 };

const FOLDS: Record<Metric['fold'], string> = {
  sum: 'sum(s.num)',
  mean: 'sum(s.num) / nullif(sum(s.den), 0)',
  median: 'percentile_cont(0.5) within group (order by s.num)',
  distinct: 'count(distinct s.key)::float8',
  level: 'sum(s.num)',
  state: 'sum(s.num) / nullif(sum(s.den), 0)',
};
/** What its absence means: nothing was added, or nothing was observed. */
const EMPTY: Record<Metric['fold'], number | null> = {
  ...{ sum: 0, distinct: 0, level: 0 },
  ...{ mean: null, median: null, state: null },
};
export const foldSql = (metric: Metric): string => FOLDS[metric.fold];

const SETS = [
  ['whole', 'null::timestamptz as bucket, null::text as part'],
  ['bucket', 'bucket, null::text as part'],
  ['part', 'null::timestamptz as bucket, part'],
] as const;

/** Different keys in all, by bucket and by part: each key once in its group, by hashing and not by sorting. */
function countedOnce(facts: Prisma.Sql): Prisma.Sql {
  const counts = SETS.map(([kind, group]) => {
    const cells = Prisma.raw(group);
    return Prisma.sql`select ${kind} as kind, "isCurrent", bucket, part, count(*)::float8 as value, sum(n)::float8 as sample
      from (select "isCurrent", ${cells}, key, sum(n) as n from s group by 1, 2, 3, 4) one group by 2, 3, 4`;
  });
  return Prisma.sql`with s as materialized (select "isCurrent", bucket, part, key, sum(n) as n
      from (${facts}) f group by 1, 2, 3, 4)
    ${Prisma.join(counts, ' union all ')}`;
}

/** Sums are added up once by bucket and part, and from there to the wholes; a median needs every fact. */
function folded(metric: Metric, facts: Prisma.Sql): Prisma.Sql {
  const cells =
    metric.fold === 'median'
      ? facts
      : Prisma.sql`select "isCurrent", bucket, part, sum(num) as num, sum(den) as den, sum(n) as n
          from (${facts}) f group by 1, 2, 3`;
  return Prisma.sql`select case when grouping(s.bucket) = 0 then 'bucket' when grouping(s.part) = 0 then 'part' else 'whole' end as kind,
      s."isCurrent", s.bucket, s.part, (${Prisma.raw(FOLDS[metric.fold])})::float8 as value, sum(s.n)::float8 as sample
    from (${cells}) s group by grouping sets ((s."isCurrent"), (s."isCurrent", s.bucket), (s."isCurrent", s.part))`;
}

/** Computes a metric for a period and the one before, over time and taken apart, in one statement. */
export async function figuresOf(metric: Metric, scope: FoundScope, period: Period) {
  const part =
    scope.parts === 'domain' ? 'p."domainId"' : scope.parts === 'product' ? 'p.id' : 'null::text';
  const facts = Prisma.sql`select f.num, f.den, f.n, f.key, f.at >= ${period.from} as "isCurrent",
      date_trunc(${period.bucket}, f.at, 'UTC') as bucket, ${Prisma.raw(part)} as part
    from (${metric.sql({ from: period.previousFrom, to: period.to })}) f
    join product p on p.id = f."productId" where ${scope.where}`;
  const rows = await db().$queryRaw<Row[]>(
    metric.fold === 'distinct' ? countedOnce(facts) : folded(metric, facts),
  );
  const of = (kind: Row['kind'], isCurrent: boolean) =>
    rows.filter((row) => row.kind === kind && row.isCurrent === isCurrent);
  const read = readerOf(metric);
  const whole = read(of('whole', true)[0], of('whole', false)[0]);
  return {
    ...whole,
    points: pointsOf(metric, period, of('bucket', true), of('whole', false)[0]),
    parts: await partsOf(metric, scope, [of('part', true), of('part', false)], read),
  } satisfies Figures;
}

type Reader = (current?: Cell, previous?: Cell) => Figure & { previous: number | null };

/** What stands on the page for two periods: nothing in place of a figure that rests on too little. */
function readerOf(metric: Metric): Reader {
  const { fold, minimum, factor = 1 } = metric;
  const figureOf = ({ value, sample }: Cell) => {
    const figure = value ?? EMPTY[fold];
    return sample < minimum || figure === null ? null : figure * factor;
  };
  return (current = NONE, previous = NONE) => {
    if (metric.isChange) {
      const before = previous.value ?? 0;
      const change = before > 0 ? ((current.value ?? 0) / before - 1) * 100 : null;
      const told = change !== null && metric.isFall ? 0 - change : change;
      return { value: told, previous: null, sample: current.sample + previous.sample };
    }
    if (fold === 'state')
      return { value: figureOf(current), previous: null, sample: current.sample };
    if (fold === 'level') {
      const sum = (a: Cell, b: Cell) => ({
        value: (a.value ?? 0) + (b.value ?? 0),
        sample: a.sample + b.sample,
      });
      const all = sum(previous, current);
      return { value: figureOf(all), previous: figureOf(previous), sample: all.sample };
    }
    return { value: figureOf(current), previous: figureOf(previous), sample: current.sample };
  };
}

function pointsOf(metric: Metric, period: Period, rows: readonly Row[], before?: Cell): Point[] {
  if (metric.fold === 'state') return [];
  const byBucket = new Map(rows.map((row) => [row.bucket!.getTime(), row]));
  const read = readerOf({ ...metric, isChange: undefined });
  let level: Cell = before ?? NONE;
  return period.buckets.map((bucket) => {
    const cell = byBucket.get(bucket.getTime()) ?? NONE;
    const at = new Date(Math.max(bucket.getTime(), period.from.getTime())).toISOString();
    const { value, sample } = metric.fold === 'level' ? read(cell, level) : read(cell);
    level = { value: (level.value ?? 0) + (cell.value ?? 0), sample: level.sample + cell.sample };
    return { at, value, sample: metric.fold === 'level' ? cell.sample : sample };
  });
}

async function partsOf(
  metric: Metric,
  scope: Pick<FoundScope, 'parts'>,
  [current, previous]: readonly [Row[], Row[]],
  read: Reader,
): Promise<Part[]> {
  if (!scope.parts) return [];
  const now = new Map(current.map((row) => [row.part!, row]));
  const before = new Map(previous.map((row) => [row.part!, row]));
  const ids = [...new Set([...now.keys(), ...before.keys()])];
  // What adds up stands in the order of what it adds, everything else by what it rests on.
  const by = metric.fold === 'sum' ? 'value' : 'sample';
  const weight = (id: string) => now.get(id)?.[by] ?? 0;
  const shown = ids.sort((a, b) => weight(b) - weight(a)).slice(0, PARTS);
  const names = await namesOf(scope.parts, shown);
  return shown.flatMap((id) => {
    const name = names.get(id);
    return name ? [{ ...name, ...read(now.get(id), before.get(id)) }] : [];
  });
}

async function namesOf(parts: 'domain' | 'product', ids: string[]) {
  if (parts === 'domain') {
    const rows = await db().domain.findMany({ where: { id: { in: ids } } });
    return new Map(rows.map(({ id, name, title }) => [id, { address: name, title }]));
  }
  const rows = await db().product.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, title: true, domain: { select: { name: true } } },
  });
  return new Map(
    rows.map(({ id, name, title, domain }) => [id, { address: `${domain.name}/${name}`, title }]),
  );
}
