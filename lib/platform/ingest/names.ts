import { AppError } from '@/lib/core/errors';

export const MAX_UPLOAD_COLUMNS = 2000;

export interface NamedColumn {
  /** The suggestion: snake_case, unique. */
  name: string;
  /** As the file says it. */
  originalName: string;
  /** Unique within the file; what the reading SQL calls it. */
  sourceName: string;
}

/** `Customer ID`, `customerId`, `Kunden-Nr.` → `customer_id`, `customer_id`, `kunden_nr`; '' when nothing is left. */
export function snakeCase(text: string): string {
  const words = text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replaceAll('ß', 'ss');
  const fold = (pattern: RegExp, from: string) =>
    from
      .toLowerCase()
      .replace(pattern, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 60)
      .replace(/_+$/, '');
  const ascii = fold(/[^a-z0-9]+/g, words.normalize('NFKD').replace(/\p{M}/gu, ''));
  const name = /[a-z]/.test(ascii)
    ? ascii
    : fold(/[^\p{L}\p{N}]+/gu, words.normalize('NFC')) || ascii;
  return /^\d/.test(name) ? `n_${name}` : name;
}

/** Names a file's columns, mending empty and repeated ones, and says what was mended. */
export function nameColumns(headers: readonly string[]): {
  columns: NamedColumn[];
  warnings: string[];
} {
  if (headers.length > MAX_UPLOAD_COLUMNS) {
    throw new AppError(
      'invalid',
      `The file has ${headers.length} columns; at most ${MAX_UPLOAD_COLUMNS} are allowed. Turn repeated columns into rows, or split the file.`,
    );
  }
  const warnings: string[] = [];
  const seen = new Set<string>();
  const sources = new Set<string>();
  const columns = headers.map((header, at) => {
    const original = header.trim();
    const suggestion = snakeCase(original) || `column_${at + 1}`;
    const name = unique(suggestion, seen, '_');
    if (original === '') warnings.push(`Column ${at + 1} has no name. It is called ${name}.`);
    else if (name !== suggestion) {
      warnings.push(
        `Column ${at + 1}, "${short(original)}", has the name of an earlier one. It is called ${name}.`,
      );
    }
    const sourceName = unique(cleanSource(original) || `column_${at + 1}`, sources, '_');
    return { name, originalName: original, sourceName };
  });
  return { columns, warnings };
}

function unique(wanted: string, taken: Set<string>, glue: string): string {
  let name = wanted;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wanted}${glue}${count}`;
  taken.add(name.toLowerCase());
  return name;
}

const cleanSource = (text: string) =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 200)
    .trim();

export const short = (text: string, length = 60) =>
  text.length > length ? `${text.slice(0, length).toWellFormed()}…` : text;
