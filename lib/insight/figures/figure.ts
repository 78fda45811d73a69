import { db, type Prisma, type Tx } from '@/lib/core';
import { rowsOfCosts } from '../cost/ask-costs';
import type { Metric } from '../metrics/metric';
import {
  also,
  factsOf,
  isByDomain,
  isRunning,
  isWholeMesh,
  placed,
  together,
  windowsOf,
} from './facts';
import { counted, folded, type Row } from './fold';
import { asFarAsHeld } from './held';
import { keptFacts, keptOf } from './kept-days';
import { medianOfBins } from './median';
import { namesOf } from './names';
import { peopleByDomain } from './part-people';
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
  /** Where there is no figure because who read is forgotten: from when on it is known. */
  heldFrom?: string;
}

type Cell = Pick<Row, 'value' | 'den' | 'sample'>;
const PARTS = 200;
const NONE: Cell = { value: null, den: null, sample: 0 };

/** What its absence means: nothing was added, or nothing was observed. */
const EMPTY: Record<Metric['fold'], number | null> = {
  ...{ sum: 0, people: 0, level: 0 },
  ...{ mean: null, median: null, share: null, state: null },
};
const READERS = also('f.chunk, f.readers');
const BIN = also('f.cell::int as bin', 'metric_bin(f.num) as bin');

async function rowsOf(metric: Metric, scope: FoundScope, period: Period): Promise<Row[]> {
  if (metric.costs && !scope.productId) return rowsOfCosts(metric, scope, period);
  const hasParts = scope.parts !== null;
  const ask = (tx: Pick<Tx, '$queryRaw'>, byDomain?: Prisma.Sql) => {
    if (metric.fold === 'people') {
      return tx.$queryRaw<Row[]>(
        counted(placed(metric, scope, period, { byDomain, more: READERS }), hasParts),
      );
    }
    if (metric.fold === 'median' && byDomain) {
      const cells = placed(metric, scope, period, { byDomain, more: BIN });
      const facts = factsOf(metric, period);
      return tx.$queryRaw<Row[]>(medianOfBins(scope, period, { cells, facts }));
    }
    return tx.$queryRaw<Row[]>(
      folded(metric, placed(metric, scope, period, { byDomain }), hasParts),
    );
  };
  if (!isByDomain(scope)) return ask(db());
  if (metric.byDomain) {
    const windows = windowsOf(metric, period);
    const whole = together(windows.map(metric.byDomain));
    const isOfPeople = metric.fold === 'people';
    return ask(db(), isOfPeople ? await peopleByDomain(whole, scope, windows) : whole);
  }
  return metric.isKept ? withKept(metric, scope, period, ask) : ask(db());
}

/** Asks in one snapshot, with what is kept by domain of the period and of the one that it is compared with. */
export function withKept<T>(
  metric: Pick<Metric, 'id' | 'fold' | 'sql'>,
  scope: FoundScope,
  period: Period,
  ask: (tx: Tx, byDomain: Prisma.Sql) => Promise<T>,
  kept = keptOf(metric),
): Promise<T> {
  const ofMesh = isWholeMesh(scope);
  return db().$transaction(
    async (tx) => {
      const sides: Prisma.Sql[] = [];
      for (const window of windowsOf(metric, period))
        sides.push(await keptFacts(tx, kept, window, ofMesh));
      return ask(tx, together(sides));
    },
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  );
}

/** Computes a metric for a period and the one beside it, over time and taken apart, in one statement. */
export async function figuresOf(
  metric: Metric,
  found: FoundScope,
  asked: Period,
): Promise<Figures> {
  const period = metric.isChange ? besideTheOneBefore(asked) : asked;
  const scope = metric.isOfPortal ? { ...found, parts: null, hidden: null } : found;
  return figuresFrom(metric, scope, asked, await rowsOf(metric, scope, period));
}

/** The same from what was asked together with something else. */
export async function figuresFrom(
  metric: Metric,
  scope: Pick<FoundScope, 'parts'>,
  asked: Period,
  rows: readonly Row[],
): Promise<Figures> {
  const period = metric.isChange ? besideTheOneBefore(asked) : asked;
  const of = (kind: Row['kind'], isCurrent: boolean | null) =>
    rows.filter((row) => row.kind === kind && row.isCurrent === isCurrent);
  const read = readerOf(metric, period);
  const whole = read(of('whole', true)[0], of('whole', false)[0], of('whole', null)[0]);
  const ofKind = (kind: Row['kind']) => rows.filter((row) => row.kind === kind);
  const points = pointsOf(metric, period, ofKind('bucket'));
  const parts = await partsOf(metric, scope, ofKind('part'), read);
  const figures: Figures = { ...whole, points, parts };
  return metric.fold === 'people' ? asFarAsHeld(figures, period) : figures;
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
  // What was taken away whole would tell that there is something that may not be found.
  const byPart = Map.groupBy(
    rows.filter((row) => row.sample !== 0),
    (row) => row.part!,
  );
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
