import { quoteIdent, quoteLiteral, type SchemaField } from '@/lib/specs';

/** An identifier as it is compared: without spaces around it, letters of either case alike. */
export const normalise = (identifier: string): string => identifier.trim().toLowerCase();

/** Columns that are marked as personal data, with how to read each as text. */
export function personalColumns(
  schema: readonly SchemaField[],
): { name: string; sql: string; isNested: boolean }[] {
  return schema.flatMap((field) => {
    const hasInner = [...(field.fields ?? []), ...(field.items?.fields ?? [])].some(
      (inner) => inner.pii || (inner.fields ?? []).length > 0,
    );
    if (!field.pii && !hasInner) return [];
    const isNested = field.type === 'struct' || field.type === 'array' || field.type === 'json';
    return [{ name: field.name, sql: `CAST(${quoteIdent(field.name)} AS VARCHAR)`, isNested }];
  });
}

const literal = (text: string) => quoteLiteral(text).trim();
/** What stands around a value in the text of a struct, a list or a JSON document. */
const AROUND = `[][{}(),:="']`;

/** The identifier as a whole value of a nested text: `12` is not found in `912`. */
function wholeValue(identifier: string): string {
  const plain = normalise(identifier).replace(/[!-/:-@[-`{-~]/g, '\\$&');
  return `(?:^|${AROUND})\\s*${plain}\\s*(?:$|${AROUND})`;
}

/**
 * A condition that is true for rows of these people: a column of personal data equals an identifier, or a nested
 * one holds it as a whole value. Null when the product has no such column, or nobody is asked for.
 */
export function subjectCondition(
  schema: readonly SchemaField[],
  identifiers: readonly string[],
): string | null {
  const columns = personalColumns(schema);
  if (columns.length === 0 || identifiers.length === 0) return null;
  const values = identifiers.map((one) => literal(normalise(one))).join(', ');
  const pattern = literal(identifiers.map(wholeValue).join('|'));
  return columns
    .map(({ sql, isNested }) =>
      isNested ? `regexp_matches(lower(${sql}), ${pattern})` : `lower(trim(${sql})) IN (${values})`,
    )
    .join(' OR ');
}
