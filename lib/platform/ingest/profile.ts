import { type Json, queryRows } from '@/lib/platform/lake';
import type { QueryOptions } from '@/lib/platform/lake/rows';
import type { FieldType } from '@/lib/specs/field-types';
import { quoteIdent } from '@/lib/specs/sql';
import { type PatternFound, type Pii, patternOf, suggestPii } from './pii';

const COLUMNS_PER_SCAN = 100;
const SAMPLE_VALUES = 2000;
const LISTED_VALUES = 50;
const TOP_VALUES = 5;
const EXACT_COLUMNS = 8;
/** Up to here every column's different values are counted, not estimated. */
const EXACT_ROWS = 100_000;
const SHOWN_CHARS = 100;
const NUMBERS = new Set<FieldType>(['integer', 'long', 'decimal', 'double', 'float']);
const NESTED = new Set<FieldType>(['json', 'array', 'struct', 'binary']);

export interface ColumnProfile {
  name: string;
  type: FieldType;
  nullCount: number;
  /** Null for nested and binary values, which are not counted. */
  distinctCount: number | null;
  /** Counted, not estimated (an estimate errs by about 2%). */
  isDistinctExact: boolean;
  min: Json;
  max: Json;
  mean: number | null;
  /** Estimates at 5, 25, 50, 75 and 95%. */
  quantiles: { p05: number; p25: number; p50: number; p75: number; p95: number } | null;
  minLength: number | null;
  maxLength: number | null;
  /** The most frequent values; empty when there are more than 50 different ones. */
  topValues: { value: Json; count: number }[];
  /** All values, when at most 50 different ones exist. */
  values: Json[] | null;
  pattern: PatternFound | null;
  pii: Pii | null;
}

export interface RelationProfile {
  rowCount: number;
  columns: ColumnProfile[];
}

interface Field {
  name: string;
  type: FieldType;
}

/**
 * Profiles a SELECT: one scan for the figures, one more for exact counts where they matter (likely keys, short
 * lists of values). Patterns and personal data are looked for in the first 2,000 rows.
 */
export async function profileRelation(
  sql: string,
  fields: readonly Field[],
  options: QueryOptions = {},
): Promise<RelationProfile> {
  const columns: ColumnProfile[] = [];
  let rowCount = 0;
  for (let from = 0; from < fields.length; from += COLUMNS_PER_SCAN) {
    const part = fields.slice(from, from + COLUMNS_PER_SCAN);
    const names = part.map(({ name }) => quoteIdent(name)).join(', ');
    const relation = `(SELECT ${names} FROM (${sql}\n))`;
    const [row = {}] = await queryRows(
      `SELECT count(*) AS total, ${part.flatMap(figuresOf).join(', ')} FROM ${relation}`,
      [],
      options,
    );
    rowCount = Number(row.total ?? 0);
    const profiles = part.map((field, at) => profileOf(field, at, row, rowCount));
    await countExactly(profiles, relation, rowCount, options);
    await findPatterns(profiles, relation, options);
    columns.push(...profiles);
  }
  return { rowCount, columns };
}

function figuresOf({ name, type }: Field, at: number): string[] {
  const column = quoteIdent(name);
  const figures = [`count(${column}) AS "n${at}"`];
  if (NESTED.has(type)) return figures;
  figures.push(`approx_count_distinct(${column}) AS "d${at}"`);
  if (type === 'string') {
    figures.push(`min(length(${column})) AS "s${at}"`, `max(length(${column})) AS "l${at}"`);
    figures.push(
      `left(min(${column}), ${SHOWN_CHARS}) AS "a${at}"`,
      `left(max(${column}), ${SHOWN_CHARS}) AS "z${at}"`,
    );
    return figures;
  }
  if (type === 'boolean') return figures;
  figures.push(`min(${column}) AS "a${at}"`, `max(${column}) AS "z${at}"`);
  if (NUMBERS.has(type)) {
    const value = `CAST(${column} AS DOUBLE)`;
    const finite = `FILTER (isfinite(${value}))`;
    figures.push(`avg(${value}) ${finite} AS "m${at}"`);
    figures.push(`approx_quantile(${value}, [0.05, 0.25, 0.5, 0.75, 0.95]) ${finite} AS "q${at}"`);
  }
  return figures;
}

function profileOf(
  field: Field,
  at: number,
  row: Record<string, Json>,
  rowCount: number,
): ColumnProfile {
  const number = (key: string) =>
    typeof row[key + at] === 'number' ? (row[key + at] as number) : null;
  const [p05, p25, p50, p75, p95] = Array.isArray(row[`q${at}`]) ? (row[`q${at}`] as number[]) : [];
  const present = Number(row[`n${at}`] ?? 0);
  const estimate = number('d');
  return {
    name: field.name,
    type: field.type,
    nullCount: rowCount - present,
    distinctCount: estimate === null ? null : Math.min(estimate, present),
    isDistinctExact: false,
    min: row[`a${at}`] ?? null,
    max: row[`z${at}`] ?? null,
    mean: number('m'),
    quantiles:
      p05 === undefined ||
      p25 === undefined ||
      p50 === undefined ||
      p75 === undefined ||
      p95 === undefined
        ? null
        : { p05, p25, p50, p75, p95 },
    minLength: number('s'),
    maxLength: number('l'),
    topValues: [],
    values: null,
    pattern: null,
    pii: null,
  };
}

/** A sketch cannot say that a column never repeats, nor list its values. */
async function countExactly(
  profiles: ColumnProfile[],
  relation: string,
  rowCount: number,
  options: QueryOptions,
): Promise<void> {
  const few = profiles.filter(
    ({ type, distinctCount, maxLength }) =>
      distinctCount !== null &&
      distinctCount > 0 &&
      distinctCount <= LISTED_VALUES &&
      !NESTED.has(type) &&
      (maxLength ?? 0) <= SHOWN_CHARS,
  );
  const rest = profiles.filter(
    (profile) => profile.distinctCount !== null && !few.includes(profile),
  );
  const likelyKeys = rest.filter(
    ({ type, nullCount, distinctCount }) =>
      isKeyType(type) &&
      nullCount === 0 &&
      (distinctCount ?? 0) > Math.max(rowCount * 0.9, LISTED_VALUES),
  );
  const keys = rowCount <= EXACT_ROWS ? rest : likelyKeys.slice(0, EXACT_COLUMNS);
  const wanted = [
    ...few.map(({ name }, at) => `map_entries(histogram(${quoteIdent(name)})) AS "h${at}"`),
    ...keys.map(({ name }, at) => `count(DISTINCT ${quoteIdent(name)}) AS "k${at}"`),
  ];
  if (wanted.length === 0) return;
  const [row = {}] = await queryRows(`SELECT ${wanted.join(', ')} FROM ${relation}`, [], options);
  few.forEach((profile, at) => {
    const entries = (row[`h${at}`] ?? []) as { key: Json; value: number }[];
    const ranked = entries
      .map(({ key, value }) => ({ value: key, count: value }))
      .sort((a, b) => b.count - a.count);
    profile.distinctCount = ranked.length;
    profile.isDistinctExact = true;
    profile.topValues = ranked.slice(0, TOP_VALUES);
    if (ranked.length <= LISTED_VALUES) profile.values = entries.map(({ key }) => key);
  });
  keys.forEach((profile, at) => {
    profile.distinctCount = Number(row[`k${at}`]);
    profile.isDistinctExact = true;
  });
}

const isKeyType = (type: FieldType) => ['string', 'integer', 'long', 'decimal'].includes(type);

async function findPatterns(
  profiles: ColumnProfile[],
  relation: string,
  options: QueryOptions,
): Promise<void> {
  const rows = await queryRows(`SELECT * FROM ${relation} LIMIT ${SAMPLE_VALUES}`, [], options);
  for (const profile of profiles) {
    if (profile.type === 'boolean' || NESTED.has(profile.type)) continue;
    const values = rows.flatMap((row) => {
      const value = row[profile.name];
      return value === null || value === undefined || value === '' ? [] : [String(value)];
    });
    const isText = profile.type === 'string';
    const isLong = profile.type === 'long' || profile.type === 'decimal';
    const pattern = isText || isLong ? patternOf(values) : null;
    profile.pattern = isText || pattern?.kind === 'card' ? pattern : null;
    profile.pii = suggestPii(profile, values, profile.pattern);
  }
}
