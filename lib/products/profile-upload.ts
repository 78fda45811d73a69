import {
  type Inspection,
  profileRelation,
  relationForUpload,
  type SuggestedRule,
  suggestQualityRules,
} from '@/lib/platform/ingest';
import type { Json } from '@/lib/platform/lake';
import type { DraftRule } from './draft-data';
import type { ColumnProfile } from './upload-view';

const SAMPLES = 5;
const SHOWN_CHARS = 60;

/** What each column of the whole file holds, and the rules that follow; both name columns as the file does. */
export async function profileUpload(
  file: string,
  { source, columns, sample }: Inspection,
  signal?: AbortSignal,
): Promise<{ profile: ColumnProfile[]; suggestions: DraftRule[] }> {
  const found = await profileRelation(relationForUpload(file, source, columns), columns, {
    signal,
  });
  const sourceNames = new Map(columns.map(({ name, sourceName }) => [name, sourceName]));
  const profile = found.columns.map(({ name, nullCount, distinctCount, min, max, pii }) => ({
    name: sourceNames.get(name) ?? name,
    nullCount,
    distinctCount,
    min: textOf(min),
    max: textOf(max),
    samples: samplesOf(sample, name),
    pii: pii?.reason ?? null,
  }));
  const suggestions = suggestQualityRules(found).map((rule) => draftRule(rule, sourceNames));
  return { profile, suggestions };
}

const textOf = (value: Json): string | null =>
  value === null ? null : String(value).slice(0, SHOWN_CHARS);

const SAYS = {
  not_null: 'is never empty',
  unique: 'never repeats',
  accepted_values: 'is one of its known values',
  range: 'is within its range',
  pattern: 'has its form',
  row_count: 'enough rows',
  freshness: 'is fresh',
} satisfies Record<SuggestedRule['check'], string>;

/** A suggested rule as drafts and products keep it, with a name that says what it does. */
export function draftRule(
  { column, check, dimension, config, reason }: SuggestedRule,
  sourceNames: ReadonlyMap<string, string> = new Map(),
): DraftRule {
  const name = column === null ? SAYS[check] : `${column} ${SAYS[check]}`;
  const at = column === null ? {} : { column: sourceNames.get(column) ?? column };
  return { name: name.slice(0, 200), dimension, check, ...at, config, reason };
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
