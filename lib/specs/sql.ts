import { invalid } from '@/lib/core/errors';
import { MAX_COLUMN_NAME_LENGTH } from './names';

/**
 * A double-quoted identifier that DuckDB and Postgres read alike. Throws `invalid` for what neither can
 * hold: validate user input with `columnNameSchema` or `slugSchema` first.
 */
export function quoteIdent(name: string): string {
  if (name.length === 0) throw invalid('An SQL identifier is empty. Give it a name.');
  if (name.length > MAX_COLUMN_NAME_LENGTH) {
    throw invalid(
      `An SQL identifier has ${name.length} characters. Use at most ${MAX_COLUMN_NAME_LENGTH}.`,
    );
  }
  assertStorable(name, 'An SQL identifier');
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."table"."column"` from its parts. */
export function quotePath(...parts: string[]): string {
  return parts.map(quoteIdent).join('.');
}

/**
 * A text literal that DuckDB and Postgres read alike, whatever `standard_conforming_strings` says: text with a
 * backslash becomes an escape string. Prefer bound parameters; this is for statements that cannot take them.
 */
export function quoteLiteral(text: string): string {
  assertStorable(text, 'An SQL text');
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

function assertStorable(text: string, what: string): void {
  if (text.includes('\0')) throw invalid(`${what} contains a NUL character. Remove it.`);
  if (!text.isWellFormed()) {
    throw invalid(`${what} contains half a surrogate pair. Remove the broken character.`);
  }
}
