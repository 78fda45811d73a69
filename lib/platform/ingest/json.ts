import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { AppError } from '@/lib/core/errors';
import { describeColumns, queryRows } from '@/lib/platform/lake';
import { quoteLiteral } from '@/lib/specs/sql';
import type { Family } from './infer';
import { checkNdjson, normaliseJson } from './json-scan';
import { MAX_UPLOAD_COLUMNS, short } from './names';
import type { UploadSource } from './source';

type Families = readonly Family[];

/** Finds every key of every row, and what JSON itself says about its values' types. */
export async function openJson(
  file: string,
  format: 'json' | 'ndjson',
  signal?: AbortSignal,
): Promise<{ source: UploadSource; allowed: Map<string, Families> }> {
  if (format === 'json') await normaliseJson(file, signal);
  else await checkNdjson(file, signal);
  const path = quoteLiteral(file).trim();
  const layout = `format = '${format === 'json' ? 'array' : 'newline_delimited'}', maximum_object_size = 67108864`;
  try {
    const keys = await queryRows(
      `SELECT key, min(position) AS first FROM (
         SELECT unnest(json_keys(json)) AS key, row_number() OVER () AS position
         FROM read_json_objects(${path}, ${layout})
       ) GROUP BY key ORDER BY first, key LIMIT ${MAX_UPLOAD_COLUMNS + 1}`,
      [],
      { signal },
    );
    const names = keys.map(({ key }) => String(key));
    checkKeys(names);
    const described = await describeColumns(
      `SELECT * FROM read_json(${path}, ${layout}, records = true, maximum_depth = 2, sample_size = 20480, field_appearance_threshold = 0, map_inference_threshold = -1)`,
      { signal },
    );
    const allowed = new Map(described.map(({ name, type }) => [name, familiesOf(type)]));
    const order = new Map(described.map(({ name }, at) => [name, at]));
    names.sort((a, b) => (order.get(a) ?? names.length) - (order.get(b) ?? names.length));
    return { source: { format, names }, allowed };
  } catch (error) {
    throw format === 'ndjson' ? await ndjsonError(error, file) : jsonError(error);
  }
}

function checkKeys(names: string[]): void {
  if (names.length === 0)
    throw new AppError('invalid', 'The objects have no members. Upload rows with values.');
  if (names.length > MAX_UPLOAD_COLUMNS) {
    throw new AppError(
      'invalid',
      `The rows have more than ${MAX_UPLOAD_COLUMNS} different keys, and each would be a column. Put varying keys into one member.`,
    );
  }
  const seen = new Map<string, string>();
  for (const name of names) {
    if (name.trim() === '' || name.length > 255 || /\p{Cc}/u.test(name)) {
      throw new AppError(
        'invalid',
        `The key ${JSON.stringify(short(name))} cannot name a column. Rename it.`,
      );
    }
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      throw new AppError(
        'invalid',
        `The keys "${short(other)}" and "${short(name)}" differ only by case. Rename one.`,
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

/** Text stays text even when it looks like a number; JSON's own types are believed. */
function familiesOf(type: string): Families {
  if (/^(?:STRUCT|MAP|JSON)|\]$/.test(type)) return ['json'];
  if (/^(?:BIGINT|UBIGINT|HUGEINT|DOUBLE)/.test(type)) return ['number'];
  if (type === 'BOOLEAN') return ['boolean'];
  return ['temporal'];
}

/** DuckDB counts lines its own way, so the first broken one is looked up. */
async function ndjsonError(error: unknown, file: string): Promise<unknown> {
  const told = jsonError(error);
  if (told === error || told instanceof AppError === false) return told;
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    line += 1;
    try {
      if (text.trim() !== '') JSON.parse(text);
    } catch {
      return new AppError(
        'invalid',
        `Line ${line} is not valid JSON: ${short(text)} Mend it and upload again.`,
        { line },
      );
    }
  }
  return told;
}

function jsonError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const found =
    /Malformed JSON in file .*?, at byte (\d+) in (line|record\/value|array element) (\d+): (.+?)\.?\s*(?:\n|$)/i.exec(
      error.message,
    );
  if (found) {
    const where = found[2] === 'line' ? `Line ${found[3]}` : `Row ${found[3]}`;
    return new AppError(
      'invalid',
      `${where} is not valid JSON (${found[4]?.trim()}). Mend it and upload again.`,
      {
        line: Number(found[3]),
      },
    );
  }
  if (/maximum_object_size/i.test(error.message)) {
    return new AppError('invalid', 'A single object is larger than 64 MB. Split it into rows.');
  }
  if (/^(?:Invalid Input|Binder|Conversion) Error/.test(error.message)) {
    return new AppError(
      'invalid',
      'The file is not valid JSON. Check it with a JSON validator and upload it again.',
    );
  }
  return error;
}
