import type { UploadColumn } from '@/lib/platform/ingest';
import type { DraftRule } from './draft-data';

/** A column as it was counted over the whole file. */
export interface ColumnSummary {
  column: UploadColumn;
  nullCount: number;
  distinctCount: number | null;
  min: string | null;
  max: string | null;
  /** Counted exactly: no value repeats. */
  isUnique: boolean;
  /** All values, where they are few. */
  values: string[] | null;
}

const MAX_NOT_NULL = 12;
const NUMBERS = new Set(['integer', 'long', 'decimal', 'double', 'float']);
const KEY_NAME = /(^|_)(id|key|code|uuid|iata|isbn|number|no)$/i;
const DAY_MS = 86_400_000;

/**
 * Rules that the file keeps and that its next version should keep too, each with the figures behind it.
 * `column` is the name in the source. Source: the checks of lib/quality.
 */
export function suggestRules(
  summaries: readonly ColumnSummary[],
  rowCount: number,
  now: Date = new Date(),
): DraftRule[] {
  const rows = rowCount.toLocaleString('en');
  const perColumn = summaries.flatMap((summary) => [
    ...uniqueRule(summary, rows),
    ...rangeRule(summary),
    ...valuesRule(summary, rows),
    ...freshnessRule(summary, now),
  ]);
  return [...notNullRules(summaries, rows), ...perColumn, rowCountRule(rowCount)];
}

const nameOf = ({ column }: ColumnSummary, rest: string) => `${column.name} ${rest}`.slice(0, 200);

function notNullRules(summaries: readonly ColumnSummary[], rows: string): DraftRule[] {
  const full = summaries.filter(({ nullCount }) => nullCount === 0);
  const weight = ({ column, isUnique }: ColumnSummary) =>
    (isUnique ? 2 : 0) + (KEY_NAME.test(column.name) ? 1 : 0);
  return [...full]
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MAX_NOT_NULL)
    .map((summary) => ({
      name: nameOf(summary, 'is never empty'),
      dimension: 'completeness',
      check: 'not_null',
      column: summary.column.sourceName,
      config: {},
      reason: `No empty value in ${rows} rows.`,
    }));
}

function uniqueRule(summary: ColumnSummary, rows: string): DraftRule[] {
  const { column, isUnique } = summary;
  const isKeyLike = KEY_NAME.test(column.name) || column.type === 'string';
  if (!isUnique || !isKeyLike) return [];
  return [
    {
      name: nameOf(summary, 'never repeats'),
      dimension: 'uniqueness',
      check: 'unique',
      column: column.sourceName,
      config: {},
      reason: `${rows} rows, ${rows} different values.`,
    },
  ];
}

function rangeRule(summary: ColumnSummary): DraftRule[] {
  const { column, min, max } = summary;
  if (!NUMBERS.has(column.type) || min === null || max === null || KEY_NAME.test(column.name)) {
    return [];
  }
  const [low, high] = [Number(min), Number(max)];
  const bounds = boundsFor(column.name, low, high);
  if (!bounds) return [];
  return [
    {
      name: nameOf(summary, 'is within its range'),
      dimension: 'accuracy',
      check: 'range',
      column: column.sourceName,
      config: bounds,
      reason: `All values lie between ${min} and ${max}.`,
    },
  ];
}

/** Bounds that follow from what the column is, not merely from what happened to be in the file. */
function boundsFor(name: string, low: number, high: number): { min: number; max?: number } | null {
  const isWithin = (from: number, to: number) => low >= from && high <= to;
  if (/lat(itude)?$/i.test(name) && isWithin(-90, 90)) return { min: -90, max: 90 };
  if (/(lon|lng|longitude)$/i.test(name) && isWithin(-180, 180)) return { min: -180, max: 180 };
  if (/percent|pct|_rate$/i.test(name) && isWithin(0, 100)) return { min: 0, max: 100 };
  return low >= 0 ? { min: 0 } : null;
}

function valuesRule(summary: ColumnSummary, rows: string): DraftRule[] {
  const { column, values } = summary;
  if (!values || values.length < 2) return [];
  return [
    {
      name: nameOf(summary, 'is one of its known values'),
      dimension: 'consistency',
      check: 'accepted_values',
      column: column.sourceName,
      config: { values },
      reason: `Only ${values.length} different values in ${rows} rows.`,
    },
  ];
}

function freshnessRule(summary: ColumnSummary, now: Date): DraftRule[] {
  const { column, max } = summary;
  if (!max || (column.type !== 'timestamp' && column.type !== 'date')) return [];
  const ageMs = now.getTime() - new Date(`${max.replace(' ', 'T')}`).getTime();
  if (!Number.isFinite(ageMs) || ageMs < 0 || ageMs > 7 * DAY_MS) return [];
  const maxAge = ageMs < DAY_MS ? '2_days' : '14_days';
  return [
    {
      name: nameOf(summary, 'is fresh'),
      dimension: 'freshness',
      check: 'freshness',
      column: column.sourceName,
      config: { maxAge },
      reason: `The newest value is ${max}.`,
    },
  ];
}

function rowCountRule(rowCount: number): DraftRule {
  const min = Math.max(1, Math.floor(rowCount / 2));
  return {
    name: 'enough rows',
    dimension: 'volume',
    check: 'row_count',
    config: { min },
    reason: `The file has ${rowCount.toLocaleString('en')} rows; half of that would be a broken load.`,
  };
}
