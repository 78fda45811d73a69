import { z } from 'zod';
import { type FieldType, quoteIdent, quoteLiteral } from '@/lib/specs';
import type { Threshold } from '../threshold';

/** What a rule is compiled against: the columns of the rows, with their types where they are known. */
export type Columns = ReadonlyMap<string, FieldType | null>;

export type Compiled =
  /**
   * Rows where `bad` is true break the rule; `looked` says which rows count. A predicate that holds a window or a
   * subquery is `isAlone`: it cannot stand in the shared scan.
   */
  | { kind: 'rows'; bad: string; looked: string; isAlone?: boolean }
  /** Rows that share their values with another row; `looked` says which rows count. */
  | { kind: 'unique'; columns: string[]; looked: string; count: UniqueCount }
  /** One number about all rows, an aggregate. `ok` judges what is no number. */
  | { kind: 'value'; value: string; looked?: string; ok?: string }
  /** Decided by the columns alone. */
  | { kind: 'schema'; ok: boolean; value: number }
  /** How values are spread: `expected` is the share of each. */
  | { kind: 'shares'; column: string; looked: string; expected: Record<string, number> }
  /** Somebody's own SELECT, run in the sandbox; its first value is the measurement. */
  | { kind: 'sql'; sql: string };

export type UniqueCount = 'repeats' | 'rows' | 'values';

export interface Subject<C> {
  /** Quoted, ready for SQL; empty without one. */
  column: string;
  columnName: string;
  columns: Columns;
  type: FieldType | null;
  config: C;
  /** The relation of another product, by its address; only what `sources` names. */
  relationOf(address: string): string;
}

export interface Check<C> {
  title: string;
  dimension: Dimension;
  /** What a person has to name: a column, or settings only. */
  needsColumn: boolean;
  config: z.ZodType<C>;
  /** @throws Error with what is wrong with the rule on these columns */
  compile(subject: Subject<C>): Compiled;
  /** When the measurement is good, unless the rule has a threshold of its own. Null: no row may break it. */
  threshold?(config: C): Threshold | null;
  /** Columns that the settings name, beside the rule's own. */
  columnsOf?(config: C): string[];
  /** Other products that the rule reads. */
  sources?(config: C): string[];
  /** What the rule says, for people. */
  describe(column: string, config: C): string;
}

/** The number of a row, in the order of the files; only where a predicate is `isAlone`. */
export { ROW_COLUMN as ROW } from '@/lib/platform/etl/steps';

export const DIMENSIONS = [
  'completeness',
  'accuracy',
  'consistency',
  'uniqueness',
  'freshness',
  'volume',
  'distribution',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const defineCheck = <C>(check: Check<C>): Check<C> => check;

export const scalar = z.union([z.string().max(1000), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof scalar>;
/** Empty cells are never looked at, so that null in a list says nothing. */
export const valueList = z
  .array(z.union([scalar, z.null()]))
  .max(1000)
  .transform((values) => values.filter((value) => value !== null));
export const bound = z.union([z.number(), z.string().max(100)]);
export const columnList = z.array(z.string().min(1).max(300)).min(1).max(50);
export const addressSchema = z
  .string()
  .max(128)
  .regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, 'Name a product as domain/product');

const NUMBERS = new Set<FieldType>(['integer', 'long', 'decimal', 'double', 'float']);
export const isNumeric = (type: FieldType | null): boolean => type !== null && NUMBERS.has(type);

/** A value of the settings as SQL. */
export function literal(value: Scalar): string {
  if (typeof value === 'string') return quoteLiteral(value).trim();
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`${value} is no number`);
  return String(value);
}

/** `column in (…)` that compares numbers as numbers, times as times and everything else as text. */
export function isOneOf(column: string, type: FieldType | null, values: readonly Scalar[]): string {
  if (values.length === 0) return 'false';
  const isAll = (kind: string) => values.every((value) => typeof value === kind);
  const isTime = type === 'date' || type === 'timestamp' || type === 'time';
  const isNative =
    (isNumeric(type) && isAll('number')) ||
    (isTime && isAll('string')) ||
    (type === 'boolean' && isAll('boolean'));
  if (isNative) return `${column} in (${values.map(literal).join(', ')})`;
  const texts = values.map((value) => quoteLiteral(String(value)).trim());
  return `${textOf(column, type)} in (${texts.join(', ')})`;
}

export const textOf = (column: string, type: FieldType | null): string =>
  type === 'string' ? column : `cast(${column} as varchar)`;

/** Why a bound cannot be compared with a column of this type; null when it can. */
export function boundProblem(type: FieldType | null, value: string | number | null | undefined) {
  if (value == null || type === null) return null;
  if (typeof value === 'number' && (type === 'string' || type === 'date' || type === 'timestamp'))
    return `${value} is a number and the column holds ${type}s`;
  if (typeof value === 'string' && isNumeric(type) && !Number.isFinite(Number(value)))
    return `"${value}" is no number and the column holds numbers`;
  return null;
}

/** Several columns named in the settings, quoted. @throws Error when one is not there */
export function quoteAll(names: readonly string[], columns: Columns): string[] {
  const missing = names.find((name) => !columns.has(name));
  if (missing !== undefined) throw new Error(`There is no column "${missing}"`);
  return names.map(quoteIdent);
}

export const listWords = (values: readonly unknown[], most = 8): string =>
  values.slice(0, most).join(', ') +
  (values.length > most ? ` or one of ${values.length - most} more` : '');

/** Which rows count: those without any empty value, those with some value, or all of them. */
export const skip = z.enum(['any_empty', 'all_empty', 'none']);
export function lookedAt(columns: readonly string[], rule: z.infer<typeof skip>): string {
  if (rule === 'none') return 'true';
  const tests = columns.map((column) => `${column} is not null`);
  return `(${tests.join(rule === 'any_empty' ? ' and ' : ' or ')})`;
}
