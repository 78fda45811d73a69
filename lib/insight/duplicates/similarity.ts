import { createHash } from 'node:crypto';
import { joinedName } from '@/lib/catalog';

/** A column as duplicates are found by it. */
export interface SketchedColumn {
  name: string;
  /** As DuckDB prints it. */
  type: string;
  /** Slugs of the glossary's terms that it is linked to. */
  terms: string[];
  /** How values were written before they were hashed: only columns of one kind are compared by values. */
  kind: 'text' | 'number' | 'time' | null;
  /** The smallest keyed hashes of its values, ascending, as decimal text; none where values are not compared. */
  hashes: string[];
  /** Nearly every row has another value. */
  isKey: boolean;
}

/** How two columns are alike, 0 to 1. */
export interface ColumnMatch {
  a: string;
  b: string;
  sameName: boolean;
  sameType: boolean;
  /** A term that both are linked to. */
  term: string | null;
  /** The share of values that both hold; null where values were not compared. */
  values: number | null;
}
export interface Similarity {
  /** By names, types and terms alone. */
  schema: number;
  /** The mean over the columns that were compared by values; null without any. */
  content: number | null;
  /** By values where they were compared, by name, type and term elsewhere. */
  score: number;
  columns: ColumnMatch[];
  /** The columns by which `schema` was told: nothing of them says whether values agree. */
  named: ColumnMatch[];
}

/** From this on two products are shown as alike. */
export const ALIKE = 0.6;
export const HASHES = 64;
/** What most tables have is told of none of them. */
const FEWEST_COLUMNS = 3;
const OTHER_TYPE = 0.5;
const BY_TERM = 0.75;
const SHORTEST = 20;

/** The share of values that two columns both hold (Jaccard), estimated from their smallest hashes (bottom-k; Cohen and Kaplan, 2007). */
export function sharedValues(a: readonly string[], b: readonly string[]): number {
  const right = new Set(b);
  const both = new Set(a.filter((hash) => right.has(hash)));
  if (both.size === 0) return 0;
  const all = [...new Set([...a, ...b])].map(BigInt).sort((x, y) => (x < y ? -1 : 1));
  const smallest = all.slice(0, HASHES).map(String);
  return smallest.filter((hash) => both.has(hash)).length / smallest.length;
}

interface Weighed extends ColumnMatch {
  schema: number;
  weight: number;
  isKey: boolean;
}

function match(a: SketchedColumn, b: SketchedColumn): Weighed {
  const sameName = joinedName(a.name) === joinedName(b.name);
  const sameType = a.type === b.type;
  const term = a.terms.find((one) => b.terms.includes(one)) ?? null;
  const schema = sameName ? (sameType ? 1 : OTHER_TYPE) : term ? BY_TERM : 0;
  // Whole numbers count from one everywhere: they tell something only of columns that are named alike.
  const isTold = sameName || (a.kind !== 'number' && b.kind !== 'number');
  const isCompared = isTold && a.kind !== null && a.kind === b.kind;
  const hasValues = Math.min(a.hashes.length, b.hashes.length) >= SHORTEST;
  const values = isCompared && hasValues ? sharedValues(a.hashes, b.hashes) : null;
  return {
    ...{ a: a.name, b: b.name, sameName, sameType, term, values },
    ...{ schema, weight: values ?? schema, isKey: a.isKey && b.isKey && values !== null },
  };
}

/** Each column once, the most alike first. */
function paired(all: readonly Weighed[], by: 'weight' | 'schema'): Weighed[] {
  const [left, right] = [new Set<string>(), new Set<string>()];
  const order = [...all].sort((x, y) => y[by] - x[by] || y.schema - x.schema);
  return order.filter((one) => {
    if (one[by] <= 0 || left.has(one.a) || right.has(one.b)) return false;
    left.add(one.a);
    right.add(one.b);
    return true;
  });
}

/**
 * Rows of another year have the same cities and days. Where both say which row is which, half of what they have in common
 * is told by whether these are the same rows.
 */
function sameRows(all: readonly Weighed[]): number {
  const keys = all.flatMap(({ isKey, values }) => (isKey ? [values ?? 0] : []));
  return keys.length === 0 ? 1 : (1 + Math.max(...keys)) / 2;
}

/** How alike two products are, and by which columns. Pure, and the same whichever stands first. */
export function similarityOf(
  a: readonly SketchedColumn[],
  b: readonly SketchedColumn[],
): Similarity {
  const all = a.flatMap((left) => b.map((right) => match(left, right)));
  const share = (pairs: readonly Weighed[], by: 'weight' | 'schema') =>
    pairs.length < FEWEST_COLUMNS
      ? 0
      : (2 * pairs.reduce((sum, one) => sum + one[by], 0)) / (a.length + b.length);
  const found = paired(all, 'weight');
  const named = paired(all, 'schema');
  const compared = found.flatMap(({ values }) => values ?? []);
  return {
    schema: share(named, 'schema'),
    content:
      compared.length > 0 ? compared.reduce((sum, one) => sum + one, 0) / compared.length : null,
    score: share(found, 'weight') * sameRows(all),
    columns: found.map(bare),
    named: named.map((one) => ({ ...bare(one), values: null })),
  };
}

const bare = ({ a, b, sameName, sameType, term, values }: Weighed): ColumnMatch => ({
  ...{ a, b, sameName, sameType, term, values },
});

const SCHEMA_BANDS = 16;
const ROWS = 2;
const VALUE_BANDS = 4;

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * What a product is found by: whoever shares a band is compared with it, nobody else. Sixteen bands of two minima of the
 * columns' names and types (LSH; Broder, 1997), and the four smallest hashes of each column whose values tell something.
 */
export function bandsOf(columns: readonly SketchedColumn[]): bigint[] {
  const tokens = columns.map(({ name, type }) => `${joinedName(name)}:${type}`);
  const minima = Array.from({ length: SCHEMA_BANDS * ROWS }, (_, seed) =>
    tokens
      .map((token) => digest(`${seed}:${token}`).readUInt32BE())
      .reduce((x, y) => Math.min(x, y), 2 ** 32),
  );
  const bySchema = Array.from({ length: SCHEMA_BANDS }, (_, at) =>
    digest(`${at}:${minima.slice(at * ROWS, (at + 1) * ROWS)}`).readBigInt64BE(),
  );
  const byValues = columns
    .filter(({ kind, hashes }) => kind !== 'number' && hashes.length >= SHORTEST)
    .flatMap(({ hashes }) => hashes.slice(0, VALUE_BANDS).map(BigInt));
  return [...new Set([...(tokens.length > 0 ? bySchema : []), ...byValues])];
}
