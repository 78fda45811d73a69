import type { Inspection, UploadColumn } from '@/lib/platform/ingest';
import { relationForUpload } from '@/lib/platform/ingest';
import { type Json, queryRows } from '@/lib/platform/lake';
import { quoteIdent } from '@/lib/specs';
import type { DraftRule } from './draft-data';
import { type ColumnSummary, suggestRules } from './suggest-rules';
import type { ColumnProfile } from './upload-view';

const COLUMNS_PER_SCAN = 100;
const EXACT_DISTINCT_COLUMNS = 6;
/** Up to here different values are counted exactly. */
const EXACT_ROWS = 100_000;
const SAMPLES = 5;
const SHOWN_CHARS = 60;
const LISTED_VALUES = 12;
const UNRANGED = new Set(['json', 'array', 'struct', 'binary', 'boolean']);
const UNCOUNTED = new Set(['json', 'array', 'struct', 'binary']);

/** What each column of the whole file holds, and the rules that follow from it. */
export async function profileUpload(
  file: string,
  { source, columns, rowCount, sample }: Inspection,
  signal?: AbortSignal,
): Promise<{ profile: ColumnProfile[]; suggestions: DraftRule[] }> {
  const summaries: ColumnSummary[] = [];
  for (let from = 0; from < columns.length; from += COLUMNS_PER_SCAN) {
    const part = columns.slice(from, from + COLUMNS_PER_SCAN);
    const relation = `(${relationForUpload(file, source, part)})`;
    summaries.push(...(await summarise(relation, part, rowCount, signal)));
  }
  const scan = (column: UploadColumn) => `(${relationForUpload(file, source, [column])})`;
  await countExactly(summaries, rowCount, scan, signal);
  await listValues(summaries, rowCount, scan, signal);
  const profile = summaries.map(({ column, nullCount, distinctCount, min, max }) => ({
    name: column.sourceName,
    nullCount,
    distinctCount,
    min,
    max,
    samples: samplesOf(sample, column.name),
  }));
  return { profile, suggestions: suggestRules(summaries, rowCount) };
}

async function summarise(
  relation: string,
  columns: readonly UploadColumn[],
  rowCount: number,
  signal?: AbortSignal,
): Promise<ColumnSummary[]> {
  const distinct = (name: string) =>
    rowCount <= EXACT_ROWS ? `count(distinct ${name})` : `approx_count_distinct(${name})`;
  const parts = columns.map((column, at) => {
    const name = quoteIdent(column.name);
    const shown = (value: string) => `left(cast(${value} as varchar), ${SHOWN_CHARS})`;
    return [
      `count(${name}) as "n${at}"`,
      UNCOUNTED.has(column.type) ? '' : `${distinct(name)} as "d${at}"`,
      UNRANGED.has(column.type) ? '' : `${shown(`min(${name})`)} as "a${at}"`,
      UNRANGED.has(column.type) ? '' : `${shown(`max(${name})`)} as "z${at}"`,
    ].filter(Boolean);
  });
  const sql = `select ${parts.flat().join(', ')} from ${relation}`;
  const [row = {}] = await queryRows(sql, [], { signal });
  return columns.map((column, at) => {
    const present = Number(row[`n${at}`] ?? 0);
    const counted = row[`d${at}`];
    return {
      column,
      nullCount: rowCount - present,
      // A sketch may count more values than there are rows.
      distinctCount: counted === undefined ? null : Math.min(Number(counted), present),
      min: textOf(row[`a${at}`]),
      max: textOf(row[`z${at}`]),
      isUnique: false,
      values: null,
    };
  });
}

const textOf = (value: Json | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

type Scan = (column: UploadColumn) => string;

/** Sketches err by some percent: whether a column repeats is worth an exact count. */
async function countExactly(
  summaries: ColumnSummary[],
  rowCount: number,
  scan: Scan,
  signal?: AbortSignal,
): Promise<void> {
  const candidates = summaries.filter(
    ({ column, nullCount, distinctCount }) =>
      nullCount === 0 &&
      (distinctCount ?? 0) > rowCount * 0.9 &&
      !['double', 'float', 'decimal'].includes(column.type),
  );
  for (const summary of candidates.slice(0, EXACT_DISTINCT_COLUMNS)) {
    const name = quoteIdent(summary.column.name);
    const sql = `select count(distinct ${name}) as n from ${scan(summary.column)}`;
    const [row] = await queryRows(sql, [], { signal });
    summary.distinctCount = Number(row?.n ?? 0);
    summary.isUnique = summary.distinctCount === rowCount;
  }
}

/** The values of text columns that hold few. */
async function listValues(
  summaries: ColumnSummary[],
  rowCount: number,
  scan: Scan,
  signal?: AbortSignal,
): Promise<void> {
  const candidates = summaries.filter(
    ({ column, distinctCount }) =>
      column.type === 'string' &&
      distinctCount !== null &&
      distinctCount > 0 &&
      distinctCount <= LISTED_VALUES &&
      rowCount >= distinctCount * 10,
  );
  for (const summary of candidates.slice(0, EXACT_DISTINCT_COLUMNS)) {
    const name = quoteIdent(summary.column.name);
    const sql = `select distinct ${name} as v from ${scan(summary.column)} where ${name} is not null order by 1 limit ${LISTED_VALUES * 2}`;
    const rows = await queryRows(sql, [], { signal });
    const values = rows.map((row) => String(row.v));
    summary.distinctCount = values.length;
    if (values.every((value) => value.length <= SHOWN_CHARS)) summary.values = values;
  }
}

function samplesOf(sample: Inspection['sample'], name: string): string[] {
  const texts = sample.flatMap((row) => {
    const value = row[name];
    if (value === null || value === undefined || value === '') return [];
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return [text.slice(0, SHOWN_CHARS)];
  });
  return [...new Set(texts)].slice(0, SAMPLES);
}
