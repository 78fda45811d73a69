import { badParameter, shown } from './bad-parameter';
import type { RowFormat } from './types';

export const CONTENT_TYPES: Record<RowFormat, string> = {
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
};

const MEDIA_TYPES: Record<string, RowFormat> = {
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'text/html': 'json',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'text/csv': 'csv',
  'text/*': 'csv',
  'application/vnd.apache.parquet': 'parquet',
  'application/x-parquet': 'parquet',
};

/** The format that an Accept header asks for (RFC 9110, quality values); JSON when it says nothing. */
export function negotiateFormat(accept: string | undefined): RowFormat {
  if (!accept?.trim()) return 'json';
  const wanted = accept.split(',').map((part, place) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { format: MEDIA_TYPES[type], quality: Number(quality?.slice(2) ?? 1), place };
  });
  const [best] = wanted
    .filter((one) => one.format && one.quality > 0)
    .sort((a, b) => b.quality - a.quality || a.place - b.place);
  if (best?.format) return best.format;
  throw badParameter(
    'Accept',
    `Rows come as application/json, application/x-ndjson, text/csv or application/vnd.apache.parquet, not "${shown(accept)}".`,
  );
}
