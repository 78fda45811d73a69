import { db, Prisma, type Tx } from '@/lib/core';
import type { Metric } from '../metrics/metric';
import { isRunning, placed, together, windowsOf } from './facts';
import { keptFacts } from './kept-days';
import { besideTheOneBefore, type Period } from './period';
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
  /** Of the bucket in the same place of the period that it is compared with. */
  previous: number | null;
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
type Cell = Pick<Row, 'value' | 'den' | 'sample'>;
const PARTS = 200;
const NONE: Cell = { value: null, den: null, sample: 0 };

const FOLDS: Record<Metric['fold'], string> = {
  sum: 'sum(s.num)',
  mean: 'sum(s.num) / nullif(sum(s.den), 0)',
  median: 'percentile_cont(0.5) within group (order by s.num)',
  people: 'sum(bit_count(bit_or(s.readers))) of each chunk',
  level: 'sum(s.num)',
  share: 'sum(s.num) / nullif(sum(s.den), 0)',
  state: 'sum(s.num) / nullif(sum(s.den), 0)',
};
/** What its absence means: nothing was added, or nothing was observed. */
const EMPTY: Record<Metric['fold'], number | null> = {
  ...{ sum: 0, people: 0, level: 0 },
  ...{ mean: null, median: null, share: null, state: null },
};
export const foldSql = (metric: Pick<Metric, 'fold'>): string => FOLDS[metric.fold];

const SETS = [
  ['whole', 'null::timestamptz as bucket, null::text as part'],
  ['bucket', 'bucket, null::text as part'],
  ['part', 'null::timestamptz as bucket, part'],
] as const;

/** Different people in all, by bucket and by part: the sets of their numbers joined, and then counted. */
function counted(facts: Prisma.Sql, hasParts: boolean): Prisma.Sql {
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

async function rowsOf(metric: Metric, scope: FoundScope, period: Period): Promise<Row[]> {
  const ask = (tx: Pick<Tx, '$queryRaw'>, byDomain?: Prisma.Sql) => {
    const facts = placed(metric, scope, period, byDomain);
    const hasParts = scope.parts !== null;
    return tx.$queryRaw<Row[]>(
      metric.fold === 'people' ? counted(facts, hasParts) : folded(metric, facts, hasParts),
    );
  };
  if (!scope.inPart || !(metric.isKept || metric.byDomain)) return ask(db());
  const windows = windowsOf(metric, period);
  const { byDomain } = metric;
  if (byDomain) return ask(db(), together(windows.map((window) => byDomain(window))));
  return db().$transaction(
    async (tx) => {
      const kept: Prisma.Sql[] = [];
      for (const window of windows) kept.push(await keptFacts(tx, metric, window));
      return ask(tx, together(kept));
    },
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  );
}

/** Computes a metric for a period and the one beside it, over time and taken apart, in one statement. */
export async function figuresOf(metric: Metric, found: FoundScope, asked: Period) {
  const period = metric.isChange ? besideTheOneBefore(asked) : asked;
  const scope = metric.isOfPortal ? { ...found, parts: null, inPart: null } : found;
  return figuresFrom(metric, scope, asked, await rowsOf(metric, scope, period));
}

/** The same from what was asked together with something else. */
export async function figuresFrom(
  metric: Metric,
  scope: Pick<FoundScope, 'parts'>,
  asked: Period,
  rows: readonly Row[],
) {
  const period = metric.isChange ? besideTheOneBefore(asked) : asked;
  const of = (kind: Row['kind'], isCurrent: boolean | null) =>
    rows.filter((row) => row.kind === kind && row.isCurrent === isCurrent);
  const read = readerOf(metric, period);
  const whole = read(of('whole', true)[0], of('whole', false)[0], of('whole', null)[0]);
  return {
    ...whole,
    points: pointsOf(
      metric,
      period,
      rows.filter((row) => row.kind === 'bucket'),
    ),
    parts: await partsOf(
      metric,
      scope,
      rows.filter((row) => row.kind === 'part'),
      read,
    ),
  } satisfies Figures;
}

type Reader = (
  current?: Cell,
  previous?: Cell,
  between?: Cell,
) => Figure & { previous: number | null };
const sum = (...cells: Cell[]): Cell => ({
  value: cells.reduce((all, { value }) => all + (value ?? 0), 0),
  den: cells.reduce((all, { den }) => all + (den ?? 0), 0),
  sample: cells.reduce((all, { sample }) => all + sample, 0),
});

/** What stands on the page for two periods: nothing in place of a figure that rests on too little. */
function readerOf(metric: Metric, { compare }: Pick<Period, 'compare'>): Reader {
  const { fold, minimum, factor = 1 } = metric;
  const told = ({ value, den, sample }: Cell) => {
    const figure = (fold === 'share' ? den && (value ?? 0) / den : value) ?? EMPTY[fold];
    return sample < minimum || figure === null ? null : figure * factor;
  };
  const before = (cell: Cell) => (compare === 'none' ? null : told(cell));
  return (current = NONE, previous = NONE, between = NONE) => {
    if (metric.isChange) {
      const base = previous.value ?? 0;
      const change = base > 0 ? ((current.value ?? 0) / base - 1) * 100 : null;
      const value = change !== null && metric.isFall ? 0 - change : change;
      return { value, previous: null, sample: current.sample + previous.sample };
    }
    if (fold === 'state') return { value: told(current), previous: null, sample: current.sample };
    if (isRunning(metric)) {
      const all = sum(previous, between, current);
      return { value: told(all), previous: before(previous), sample: all.sample };
    }
    return { value: told(current), previous: before(previous), sample: current.sample };
  };
}

function pointsOf(metric: Metric, period: Period, rows: readonly Row[]): Point[] {
  if (metric.fold === 'state') return [];
  const read = readerOf({ ...metric, isChange: undefined }, period);
  const course = (isCurrent: boolean, buckets: readonly Date[]) => {
    const own = rows.filter((row) => row.isCurrent === isCurrent);
    const byBucket = new Map(own.map((row) => [row.bucket!.getTime(), row]));
    const earliest = buckets[0] ?? period.from;
    // What a level has come to before the first bucket.
    let level = sum(
      ...rows.filter((row) => (isCurrent && row.isCurrent !== true) || row.bucket! < earliest),
    );
    return buckets.map((bucket) => {
      const cell = byBucket.get(bucket.getTime()) ?? NONE;
      if (!isRunning(metric)) return read(cell);
      level = sum(level, cell);
      return { value: read(level).value, sample: cell.sample };
    });
  };
  const before = course(false, period.previousBuckets);
  return course(true, period.buckets).map(({ value, sample }, place) => {
    const at = Math.max(period.buckets[place]!.getTime(), period.from.getTime());
    const previous = before[place]?.value ?? null;
    return { at: new Date(at).toISOString(), value, sample, previous };
  });
}

async function partsOf(
  metric: Metric,
  scope: Pick<FoundScope, 'parts'>,
  rows: readonly Row[],
  read: Reader,
): Promise<Part[]> {
  if (!scope.parts) return [];
  const byPart = Map.groupBy(rows, (row) => row.part!);
  const of = (id: string, isCurrent: boolean | null) =>
    byPart.get(id)?.find((row) => row.isCurrent === isCurrent);
  // What adds up stands in the order of what it adds, everything else by what it rests on.
  const by = metric.fold === 'sum' ? 'value' : 'sample';
  const weight = (id: string) => of(id, true)?.[by] ?? 0;
  const shown = [...byPart.keys()].sort((a, b) => weight(b) - weight(a)).slice(0, PARTS);
  const names = await namesOf(scope.parts, shown);
  return shown.flatMap((id) => {
    const name = names.get(id);
    return name ? [{ ...name, ...read(of(id, true), of(id, false), of(id, null)) }] : [];
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
