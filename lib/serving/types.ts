import type { SchemaField } from '@/lib/specs';

export const ROW_FORMATS = ['json', 'ndjson', 'csv', 'parquet'] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

export const OPERATORS = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'between',
  'like',
  'ilike',
  'is',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** A value as text that casts to `sqlType`; it is always bound, never written into the statement. */
export interface TypedValue {
  text: string;
  sqlType: string;
}

export interface Condition {
  column: string;
  operator: Operator;
  isNegated: boolean;
  values: TypedValue[];
  /** What `is` asks for. */
  is?: 'null' | 'true' | 'false';
}

/** All of a list of conditions, or any of them (`or=(…)`). */
export interface Filter {
  any: Condition[];
}

export interface OrderKey {
  column: string;
  isDescending: boolean;
  isNullsFirst: boolean;
}

export interface RowsQuery {
  format: RowFormat;
  select: SchemaField[];
  filters: Filter[];
  order: OrderKey[];
  /** Null means all rows. */
  limit: number | null;
  page: string | null;
  hasCount: boolean;
  /** CSV cells that a spreadsheet would run as a formula get a leading apostrophe. */
  hasSafeCells: boolean;
  isDownload: boolean;
}
