import { PATTERNS } from './pii';
import type { ColumnProfile, RelationProfile } from './profile';

type Scalar = string | number;

export interface SuggestedRule {
  check:
    | 'not_null'
    | 'unique'
    | 'accepted_values'
    | 'range'
    | 'pattern'
    | 'row_count'
    | 'freshness';
  column: string | null;
  config: Record<string, Scalar | Scalar[]>;
  dimension: 'completeness' | 'accuracy' | 'consistency' | 'uniqueness' | 'freshness' | 'volume';
  /** Why, with the figures behind it. */
  reason: string;
}

const KEY_NAME = /(^|_)(id|key|code|uuid|guid|number|no|nr|isbn|iata)$/i;
const NUMBERS = new Set(['integer', 'long', 'decimal', 'double', 'float']);
const MAX_NOT_NULL = 12;
const MAX_ACCEPTED = 20;
const DAY_MS = 86_400_000;

const isUnique = ({ isDistinctExact, distinctCount, nullCount }: ColumnProfile, rowCount: number) =>
  isDistinctExact && nullCount === 0 && rowCount > 0 && distinctCount === rowCount;
const shown = (value: number) => value.toLocaleString('en');

/** The column that identifies a row, when one does. */
export function suggestKey({
  rowCount,
  columns,
}: RelationProfile): { column: string; reason: string } | null {
  const candidates = columns
    .filter(
      (column) =>
        isUnique(column, rowCount) &&
        ['string', 'integer', 'long'].includes(column.type) &&
        !isProse(column),
    )
    .map((column, at) => ({
      column,
      rank: (KEY_NAME.test(column.name) ? 0 : 1000) + (column.pii ? 500 : 0) + at,
    }))
    .sort((a, b) => a.rank - b.rank);
  const best = candidates[0]?.column;
  if (!best || rowCount < 2) return null;
  return {
    column: best.name,
    reason: `${shown(rowCount)} rows, ${shown(rowCount)} different values, none empty.`,
  };
}

const isProse = ({ maxLength }: ColumnProfile) => (maxLength ?? 0) > 100;

/** Rules that the data keeps now and that its next version should keep too. */
export function suggestQualityRules(
  profile: RelationProfile,
  now: Date = new Date(),
): SuggestedRule[] {
  const { rowCount, columns } = profile;
  if (rowCount === 0) return [];
  const key = suggestKey(profile)?.column;
  const perColumn = columns.flatMap((column) =>
    [
      uniqueRule(column, rowCount, key),
      patternRule(column),
      rangeRule(column),
      valuesRule(column, rowCount),
      freshnessRule(column, now),
    ].filter((rule) => rule !== null),
  );
  return [...notNullRules(profile, key), ...perColumn, rowCountRule(rowCount)];
}

function notNullRules({ rowCount, columns }: RelationProfile, key?: string): SuggestedRule[] {
  const weight = ({ name }: ColumnProfile) =>
    (name === key ? 2 : 0) + (KEY_NAME.test(name) ? 1 : 0);
  return columns
    .filter(({ nullCount }) => nullCount === 0)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MAX_NOT_NULL)
    .map(({ name }) => ({
      check: 'not_null',
      column: name,
      config: {},
      dimension: 'completeness',
      reason: `No empty value in ${shown(rowCount)} rows.`,
    }));
}

function uniqueRule(column: ColumnProfile, rowCount: number, key?: string): SuggestedRule | null {
  if (!isUnique(column, rowCount) || rowCount < 2) return null;
  if (column.name !== key && !KEY_NAME.test(column.name)) return null;
  return {
    check: 'unique',
    column: column.name,
    config: {},
    dimension: 'uniqueness',
    reason: `${shown(rowCount)} rows, ${shown(rowCount)} different values.`,
  };
}

function patternRule({ name, type, pattern }: ColumnProfile): SuggestedRule | null {
  if (type !== 'string' || !pattern || pattern.share < 1 || pattern.kind === 'phone') return null;
  return {
    check: 'pattern',
    column: name,
    config: { pattern: PATTERNS[pattern.kind].regex },
    dimension: 'accuracy',
    reason: `Every value looked at has the form of ${pattern.kind.replace('_', ' ')}.`,
  };
}

function rangeRule({ name, type, min, max }: ColumnProfile): SuggestedRule | null {
  if (!NUMBERS.has(type) || KEY_NAME.test(name)) return null;
  const [low, high] = [Number(min), Number(max)];
  if (min === null || !Number.isFinite(low) || !Number.isFinite(high)) return null;
  const config = boundsOf(name.toLowerCase(), low, high);
  if (!config) return null;
  return {
    check: 'range',
    column: name,
    config,
    dimension: 'accuracy',
    reason: `All values lie between ${shown(low)} and ${shown(high)}.`,
  };
}

/** Bounds that follow from what the column is, not from what happened to be in one file. */
function boundsOf(name: string, low: number, high: number): Record<string, number> | null {
  const isWithin = (from: number, to: number) => low >= from && high <= to;
  if (/lat(itude)?$/.test(name) && isWithin(-90, 90)) return { min: -90, max: 90 };
  if (/(lon|lng|longitude)$/.test(name) && isWithin(-180, 180)) return { min: -180, max: 180 };
  if (/percent|pct$/.test(name) && isWithin(0, 100)) return { min: 0, max: 100 };
  return low >= 0 ? { min: 0 } : null;
}

function valuesRule(
  { name, type, values, pii }: ColumnProfile,
  rowCount: number,
): SuggestedRule | null {
  if (type !== 'string' || pii || !values || values.length < 2 || values.length > MAX_ACCEPTED)
    return null;
  if (rowCount < values.length * 10) return null;
  return {
    check: 'accepted_values',
    column: name,
    config: { values: values.map(String) },
    dimension: 'consistency',
    reason: `Only ${values.length} different values in ${shown(rowCount)} rows.`,
  };
}

function freshnessRule({ name, type, max }: ColumnProfile, now: Date): SuggestedRule | null {
  if ((type !== 'timestamp' && type !== 'date') || typeof max !== 'string') return null;
  const ageMs = now.getTime() - new Date(max).getTime();
  if (!(ageMs >= 0 && ageMs <= 7 * DAY_MS)) return null;
  return {
    check: 'freshness',
    column: name,
    config: { maxAge: ageMs < DAY_MS ? '2_days' : '14_days' },
    dimension: 'freshness',
    reason: `The newest value is ${max}.`,
  };
}

function rowCountRule(rowCount: number): SuggestedRule {
  return {
    check: 'row_count',
    column: null,
    config: { min: Math.max(1, Math.floor(rowCount / 2)) },
    dimension: 'volume',
    reason: `The data has ${shown(rowCount)} rows; fewer than half of that would be a broken load.`,
  };
}
