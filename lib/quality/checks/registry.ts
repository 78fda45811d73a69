import { acceptedValues } from './accepted-values';
import { columnsMatch } from './columns';
import { compare } from './compare';
import type { Check } from './define-check';
import { distinctInRow } from './distinct-in-row';
import { distinctValues } from './distinct-values';
import { distribution } from './distribution';
import { freshness } from './freshness';
import { isNull } from './is-null';
import { length } from './length';
import { missingValues } from './missing-values';
import { notNull } from './not-null';
import { outliers } from './outliers';
import { parseable } from './parseable';
import { pattern } from './pattern';
import { range } from './range';
import { reconcile } from './reconcile';
import { reference } from './reference';
import { rejectedValues } from './rejected-values';
import { rowCount } from './row-count';
import { rowSum } from './row-sum';
import { sequence } from './sequence';
import { sql } from './sql';
import { statistic } from './statistic';
import { columnType } from './type';
import { unique } from './unique';
import { valuePairs } from './value-pairs';

// biome-ignore lint/suspicious/noExplicitAny: each check has settings of its own type, parsed before use
type AnyCheck = Check<any>;

/** Every check: its id is what rules, contracts and the API call it. */
export const CHECKS = {
  not_null: notNull,
  is_null: isNull,
  missing_values: missingValues,
  accepted_values: acceptedValues,
  rejected_values: rejectedValues,
  range,
  length,
  pattern,
  parseable,
  reference,
  compare,
  value_pairs: valuePairs,
  row_sum: rowSum,
  distinct_in_row: distinctInRow,
  sequence,
  columns: columnsMatch,
  type: columnType,
  distinct_values: distinctValues,
  reconcile,
  unique,
  freshness,
  row_count: rowCount,
  statistic,
  distribution,
  outliers,
  sql,
} as const satisfies Record<string, AnyCheck>;
export type CheckName = keyof typeof CHECKS;
export type { AnyCheck };
