import type { SchemaField } from '@/lib/specs';
import { badParameter, shown } from './bad-parameter';
import { columnNamed, parseCondition } from './conditions';
import { splitConditions, splitQuoted } from './split-list';
import { isOpaque } from './typed-value';
import type { Condition, Filter, OrderKey, RowFormat, RowsQuery } from './types';

/** Parameters of the address itself. A column of such a name is filtered as `col.select=eq.x`. */
export const RESERVED_PARAMETERS = [
  'select',
  'order',
  'limit',
  'page',
  'count',
  'or',
  'cells',
  'download',
  'asOf',
  'environment',
  'version',
] as const;
type Reserved = (typeof RESERVED_PARAMETERS)[number];

const MAX_JSON_LIMIT = 10_000;
const DEFAULT_JSON_LIMIT = 100;
const MAX_QUERY_LENGTH = 16_384;
const MAX_FILTERS = 50;
const MAX_ORDER = 10;
const ESCAPE = 'col.';

/**
 * Reads a rows request. Pure: `columns` are the contract's.
 * @param raw the query string without its question mark
 * @throws AppError invalid, naming the parameter at fault and what to write instead
 */
export function parseRowsQuery(
  raw: string,
  format: RowFormat,
  columns: ReadonlyMap<string, SchemaField>,
): RowsQuery {
  if (raw.length > MAX_QUERY_LENGTH) {
    throw badParameter(
      'query',
      `The query has ${raw.length} characters; at most ${MAX_QUERY_LENGTH} are read. Filter by less, or send several requests.`,
    );
  }
  const { reserved, filters } = sortParameters(raw, columns);
  const page = reserved.get('page') ?? null;
  if (page !== null && format !== 'json') {
    throw badParameter(
      'page',
      `page is for JSON; ${format} streams every row in one response. Leave it out.`,
    );
  }
  return {
    format,
    select: parseSelect(reserved.get('select'), columns),
    filters,
    order: parseOrder(reserved.get('order'), columns),
    limit: parseLimit(reserved.get('limit'), format),
    page,
    hasCount: parseWord('count', reserved.get('count'), ['exact']) === 'exact',
    hasSafeCells: parseWord('cells', reserved.get('cells'), ['raw', 'safe']) === 'safe',
    isDownload: parseWord('download', reserved.get('download'), ['true', 'false']) === 'true',
  };
}

function sortParameters(raw: string, columns: ReadonlyMap<string, SchemaField>) {
  const reserved = new Map<Reserved, string>();
  const filters: Filter[] = [];
  const seen = new Set<string>();
  let conditionCount = 0;
  for (const [key, value] of new URLSearchParams(raw)) {
    const word = RESERVED_PARAMETERS.find((one) => one === key);
    if (word && reserved.has(word)) {
      throw badParameter(word, `${word} stands there twice. Send it once.`);
    }
    const pair = JSON.stringify([key, value]);
    if (seen.has(pair)) {
      throw badParameter(key, `${shown(key)}=${shown(value)} stands there twice. Send it once.`);
    }
    seen.add(pair);
    if (word) reserved.set(word, value);
    if (word && word !== 'or') continue;
    const any = word ? parseOr(value, columns) : [parseFilter(key, value, columns)];
    filters.push({ any });
    conditionCount += any.length;
    if (conditionCount > MAX_FILTERS) {
      throw badParameter(key, `There are more than ${MAX_FILTERS} filters. Use fewer.`);
    }
  }
  return { reserved, filters };
}

function parseFilter(
  key: string,
  value: string,
  columns: ReadonlyMap<string, SchemaField>,
): Condition {
  const name = key.startsWith(ESCAPE) ? key.slice(ESCAPE.length) : key;
  return parseCondition(key, columnNamed(key, name, columns), value);
}

/** `or=(a.eq.1,"b.c".not.is.null)`. */
function parseOr(raw: string, columns: ReadonlyMap<string, SchemaField>): Condition[] {
  if (!raw.startsWith('(') || !raw.endsWith(')') || raw.length < 3) {
    throw badParameter('or', 'or takes conditions in parentheses, for example or=(a.eq.1,b.gt.2).');
  }
  return splitConditions('or', raw.slice(1, -1), true).map((part) => {
    const quoted = /^"((?:[^"\\]|\\.)*)"\.(.+)$/s.exec(part);
    const plain = /^([^."]+)\.(.+)$/s.exec(part);
    const [, name, rest] = quoted ?? plain ?? [];
    if (name === undefined || rest === undefined) {
      throw badParameter(
        'or',
        `or: "${shown(part)}" is not a condition. Write column.operator.value.`,
      );
    }
    const column = quoted ? name.replaceAll(/\\(.)/g, '$1') : name;
    return parseCondition('or', columnNamed('or', column, columns), unquoted(rest));
  });
}

/** Inside `or` a value with a comma is quoted: `name.eq."a,b"`. */
function unquoted(condition: string): string {
  const match = /^((?:not\.)?(?:eq|neq|gt|gte|lt|lte|like|ilike)\.)"((?:[^"\\]|\\.)*)"$/s.exec(
    condition,
  );
  return match ? `${match[1]}${match[2]!.replaceAll(/\\(.)/g, '$1')}` : condition;
}

function parseSelect(
  raw: string | undefined,
  columns: ReadonlyMap<string, SchemaField>,
): SchemaField[] {
  if (raw === undefined || raw === '*') return [...columns.values()];
  const chosen = new Set<SchemaField>();
  for (const { text } of splitQuoted('select', raw, ',')) {
    if (text === '') {
      throw badParameter('select', 'select has an empty name. Write select=a,b or leave it out.');
    }
    const field = columnNamed('select', text, columns);
    if (chosen.has(field)) {
      throw badParameter('select', `select names "${shown(text)}" twice. Name it once.`);
    }
    chosen.add(field);
  }
  return [...chosen];
}

function parseOrder(
  raw: string | undefined,
  columns: ReadonlyMap<string, SchemaField>,
): OrderKey[] {
  if (raw === undefined) return [];
  const keys = splitConditions('order', raw, false).map((part) => parseOrderKey(part, columns));
  if (keys.length > MAX_ORDER) {
    throw badParameter('order', `order takes at most ${MAX_ORDER} columns. Name fewer.`);
  }
  const names = keys.map((key) => key.column);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw badParameter('order', `order names "${shown(twice)}" twice. Name it once.`);
  return keys;
}

function parseOrderKey(part: string, columns: ReadonlyMap<string, SchemaField>): OrderKey {
  // The whole text may be a column's name, dots and all.
  const isWhole = columns.has(part);
  const [name, ...words] = isWhole
    ? [part]
    : splitQuoted('order', part, '.').map((item) => item.text);
  const field = columnNamed('order', name ?? '', columns);
  if (isOpaque(field)) {
    throw badParameter('order', `Column "${field.name}" (${field.type}) cannot be sorted by.`);
  }
  const [direction, nulls] = words[0]?.startsWith('nulls') ? [undefined, words[0]] : words;
  const isKnown =
    (direction === undefined || direction === 'asc' || direction === 'desc') &&
    (nulls === undefined || nulls === 'nullsfirst' || nulls === 'nullslast') &&
    words.length <= (direction ? 2 : 1);
  if (!isKnown) {
    throw badParameter(
      'order',
      `order: "${shown(part)}" is not understood. Write column, column.desc or column.desc.nullsfirst.`,
    );
  }
  return {
    column: field.name,
    isDescending: direction === 'desc',
    isNullsFirst: nulls === 'nullsfirst',
  };
}

function parseLimit(raw: string | undefined, format: RowFormat): number | null {
  if (raw === undefined) return format === 'json' ? DEFAULT_JSON_LIMIT : null;
  const limit = /^\d{1,15}$/.test(raw) ? Number(raw) : 0;
  const max = format === 'json' ? MAX_JSON_LIMIT : Number.MAX_SAFE_INTEGER;
  if (limit >= 1 && limit <= max) return limit;
  const bound =
    format === 'json'
      ? `from 1 to ${MAX_JSON_LIMIT}. For more rows follow nextPage, or ask for ndjson, csv or parquet`
      : 'from 1';
  throw badParameter('limit', `limit takes a whole number ${bound}; "${shown(raw)}" is not one.`);
}

function parseWord(parameter: Reserved, raw: string | undefined, words: string[]): string | null {
  if (raw === undefined) return null;
  if (words.includes(raw)) return raw;
  throw badParameter(parameter, `${parameter} takes ${words.join(' or ')}, not "${shown(raw)}".`);
}
