import { AppError } from '@/lib/core/errors';
import { queryRows } from '@/lib/platform/lake';
import { headOf } from './detect';
import { type NamedColumn, nameColumns, short } from './names';
import { countRagged } from './ragged';
import { rawRelation, type UploadSource } from './source';

const HEAD_BYTES = 1 << 20;
const DELIMITERS = [',', ';', '\t', '|'];

/** Reads the header and the delimiter. @throws AppError invalid when there is no data under the header */
export async function openCsv(
  file: string,
  format: 'csv' | 'tsv',
): Promise<{ source: UploadSource; columns: NamedColumn[]; warnings: string[] }> {
  const head = await headOf(file, HEAD_BYTES);
  const text = head.toString('utf8');
  const delimiter = format === 'tsv' ? '\t' : sniffDelimiter(text);
  const [header = []] = readRecords(text, delimiter, 1);
  if (header.length === 0) {
    throw new AppError(
      'invalid',
      'The first line is longer than 1 MB. This does not look like CSV with a header.',
    );
  }
  const { columns, warnings } = nameColumns(header);
  if (header.length > 1 && header.every(looksLikeData)) {
    warnings.push(
      `The first row (${short(header.join(', '))}) looks like data, not like column names. Add a header row, or rename the columns.`,
    );
  }
  if (delimiter !== ',' && format === 'csv') {
    warnings.push(
      `The columns are separated by ${delimiter === '\t' ? 'tabs' : `"${delimiter}"`}.`,
    );
  }
  const names = columns.map(({ sourceName }) => sourceName);
  return { source: { format, delimiter, names }, columns, warnings };
}

const looksLikeData = (cell: string) => /^-?\d[\d.,:/ -]*$/.test(cell.trim());

/** The delimiter that splits the first records into the same number of cells, most cells winning. */
function sniffDelimiter(text: string): string {
  const scored = DELIMITERS.map((delimiter) => {
    const widths = readRecords(text, delimiter, 20).map((record) => record.length);
    const width = widths[0] ?? 1;
    const agreeing = widths.filter((each) => each === width).length;
    return {
      delimiter,
      score: width > 1 ? (agreeing / widths.length) * 1000 + Math.min(width, 99) : 0,
    };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.delimiter : ',';
}

/** The first records of a CSV text (RFC 4180), blank lines left out; a cut-off last record is left out too. */
function readRecords(text: string, delimiter: string, limit: number): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRecord = () => {
    if (cells.length > 0 || cell.trim() !== '') records.push([...cells, cell]);
    cells = [];
    cell = '';
  };
  for (let at = 0; at < text.length && records.length < limit; at += 1) {
    const char = text[at] ?? '';
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') endRecord();
    else cell += char;
  }
  if (records.length === 0 && text.length < HEAD_BYTES) endRecord();
  else if (records.length < limit && text.length < HEAD_BYTES && cells.length > 0) endRecord();
  return records;
}

/** Says which line of a CSV does not fit, and how many do not, instead of DuckDB's page of hints. */
export async function csvError(
  error: unknown,
  file: string,
  source: UploadSource,
  signal?: AbortSignal,
): Promise<unknown> {
  if (
    !(error instanceof Error) ||
    !/CSV Error|CSV Reader|CSV Parser|Maximum line size|read_csv|sniff/i.test(error.message)
  )
    return error;
  if (/Maximum line size|Parallel CSV Reader/i.test(error.message)) {
    return new AppError(
      'invalid',
      'A line is longer than 2 MB. Perhaps a quote (") is never closed; mend it and upload again.',
    );
  }
  if (/invalid state/i.test(error.message)) {
    return new AppError(
      'invalid',
      'The file ends its lines in several ways (CR, LF, CRLF). Save it with one kind of line ending and upload it again.',
    );
  }
  const { names, delimiter = ',' } = source;
  const told = Number(/on Line: (\d+)/.exec(error.message)?.[1] ?? 0);
  if (/Columns: \d+ Found: \d+/.test(error.message)) {
    const ragged = await countRagged(file, delimiter, names.length, signal);
    const line = ragged.firstLine || told;
    const more = ragged.count > 1 ? ` ${ragged.count} lines have such a fault.` : '';
    const separator = delimiter === '\t' ? 'tabs' : `"${delimiter}"`;
    return new AppError(
      'invalid',
      `Line ${line} has ${ragged.firstCells} cells, but the header has ${names.length} columns (separated by ${separator}).${more} Mend the file and upload it again.`,
      { line, count: ragged.count },
    );
  }
  const where = told ? `Line ${told}` : 'A line';
  return new AppError(
    'invalid',
    `${where} ${csvFault(error.message)} Mend the file and upload it again.`,
    told ? { line: told } : {},
  );
}

function csvFault(message: string): string {
  if (/quote/i.test(message.split('Possible fixes')[0] ?? '')) {
    return 'has a quote (") that is never closed, or text after a closing quote.';
  }
  return /unicode|utf/i.test(message) ? 'is not valid UTF-8.' : 'could not be read as CSV.';
}

/** @throws AppError invalid when there is nothing but a header */
export async function assertHasRows(
  file: string,
  source: UploadSource,
  signal?: AbortSignal,
): Promise<void> {
  const rows = await queryRows(`SELECT 1 AS x FROM ${rawRelation(file, source)} LIMIT 1`, [], {
    signal,
  });
  if (rows.length > 0) return;
  throw new AppError(
    'invalid',
    `The file has a header with ${source.names.length} columns and no rows. Upload one with data.`,
  );
}
