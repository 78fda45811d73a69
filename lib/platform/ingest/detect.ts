import { open } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/core/errors';

export const UPLOAD_FORMATS = ['csv', 'tsv', 'json', 'ndjson', 'parquet'] as const;
export type UploadFormat = (typeof UPLOAD_FORMATS)[number];

const WANTED = 'Upload CSV, TSV, JSON, NDJSON or Parquet.';
const EXCEL = 'is an Excel workbook. In Excel choose Save As and CSV UTF-8, and upload that.';

/** Beginnings of files that people upload by mistake, and what to say. */
const STRANGERS: [string, string][] = [
  [
    'd0cf11e0a1b11ae1',
    'is an old Microsoft Office document. Save the table as CSV, and upload that.',
  ],
  ['25504446', `is a PDF document, which holds no table that could be read reliably. ${WANTED}`],
  ['89504e47', `is a PNG image. ${WANTED}`],
  ['ffd8ff', `is a JPEG image. ${WANTED}`],
  ['47494638', `is a GIF image. ${WANTED}`],
  ['377abcaf271c', 'is a 7-Zip archive. Unpack it and upload the file inside.'],
  ['526172211a07', 'is a RAR archive. Unpack it and upload the file inside.'],
  ['fd377a585a00', 'is packed with xz. Unpack it, or pack it with gzip.'],
  ['425a68', 'is packed with bzip2. Unpack it, or pack it with gzip.'],
  ['28b52ffd', 'is packed with zstd. Unpack it, or pack it with gzip.'],
  ['1f8b', 'is packed with gzip twice. Unpack it once.'],
  ['53514c69746520666f726d6174', `is an SQLite database. Export its table. ${WANTED}`],
  ['4f626a01', `is an Avro file. Convert it. ${WANTED}`],
  ['4f5243', `is an ORC file. Convert it. ${WANTED}`],
  ['4152524f5731', 'is an Arrow or Feather file. Convert it to Parquet.'],
  ['7f454c46', `is a program. ${WANTED}`],
  ['4d5a9000', `is a program. ${WANTED}`],
];

export async function headOf(file: string, length = 65_536): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * What a file is, from its first bytes, its content and last its name.
 * @throws AppError invalid that says what it is instead and what to upload
 */
export async function detectFormat(file: string, fileName: string): Promise<UploadFormat> {
  const head = await headOf(file);
  if (head.length === 0) throw refuse('is empty. Upload one with data.');
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  if (head.subarray(0, 4).toString('latin1') === 'PARE') {
    throw refuse('is an encrypted Parquet file, and its key is not here. Upload it unencrypted.');
  }
  if (head.subarray(0, 4).toString('hex') === '504b0304') throw refuse(zipKind(head));
  const hex = head.subarray(0, 16).toString('hex');
  const stranger = STRANGERS.find(([magic]) => hex.startsWith(magic));
  if (stranger) throw refuse(stranger[1]);
  return textFormat(headText(head), path.extname(fileName).toLowerCase());
}

function textFormat(text: string, extension: string): UploadFormat {
  const body = text.trimStart();
  if (body === '') throw refuse('holds nothing but blanks. Upload one with data.');
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(body)) {
    throw refuse(`is a web page, perhaps a sign-in or error page saved by mistake. ${WANTED}`);
  }
  if (/^<\?xml|^<[a-z][\w:.-]*[\s>]/i.test(body)) throw refuse(`is XML. ${WANTED}`);
  if (/^\{\\rtf/.test(body)) throw refuse(`is a Rich Text document. ${WANTED}`);
  if (extension === '.parquet')
    throw refuse('is named .parquet but is not one. Upload the Parquet file itself.');
  if (/^\[\s*[[{\]"\d-]/.test(body) && !['.csv', '.tsv'].includes(extension)) return 'json';
  if (/^\{\s*["}]/.test(body)) return isLineDelimited(body, extension) ? 'ndjson' : 'json';
  if (extension === '.json')
    throw refuse('is named .json but does not begin with [ or {. Upload valid JSON.');
  if (['.ndjson', '.jsonl'].includes(extension)) {
    throw refuse(
      'is named as NDJSON but its first line is not an object {…}. Write one object per line.',
    );
  }
  if (extension === '.tsv' || extension === '.tab') return 'tsv';
  const line = body.split(/\r\n|\r|\n/, 1)[0] ?? '';
  return extension !== '.csv' && line.includes('\t') && !line.includes(',') ? 'tsv' : 'csv';
}

/** One object on the first line alone tells NDJSON from a JSON document. */
function isLineDelimited(body: string, extension: string): boolean {
  const end = body.indexOf('\n');
  const line = (end === -1 ? body : body.slice(0, end)).trim();
  if (['.ndjson', '.jsonl'].includes(extension)) return true;
  try {
    const value: unknown = JSON.parse(line);
    const isAlone = end === -1 || body.slice(end).trim() === '';
    if (!isAlone) return true;
    return !Object.values(value as object).some(Array.isArray);
  } catch {
    return end !== -1 && /^\s*\{\s*"/.test(body.slice(end + 1)) && line.endsWith('}');
  }
}

function zipKind(head: Buffer): string {
  const names = head.toString('latin1');
  if (names.includes('xl/') || names.includes('[Content_Types].xml')) {
    return names.includes('word/') ? `is a Word document. ${WANTED}` : EXCEL;
  }
  if (names.includes('opendocument.spreadsheet'))
    return 'is an OpenDocument spreadsheet. Save it as CSV, and upload that.';
  return 'is a ZIP archive. Unpack it and upload the file inside (gzip is accepted as it is).';
}

function headText(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
  return new TextDecoder('utf-8').decode(head);
}

const refuse = (what: string) => new AppError('invalid', `This file ${what}`);
