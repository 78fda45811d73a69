import { createHash, randomBytes } from 'node:crypto';
import { keyedDigest, seal, unseal } from '@/lib/core';
import { quoteIdent, quoteLiteral, type SchemaField } from '@/lib/specs';

const SEAL = 'privacy-subject';

/** The identifier as it is compared: without spaces around it, letters of either case alike. */
export const normalise = (identifier: string): string => identifier.trim().toLowerCase();

/** What is kept of an identifier: a keyed hash that finds it again, and the identifier itself, sealed. */
export async function keepSubject(identifier: string) {
  return {
    subjectDigest: await keyedDigest(normalise(identifier), SEAL),
    sealedSubject: await seal(identifier.trim(), SEAL),
  };
}

export const openSubject = (sealed: Uint8Array): Promise<string> => unseal(sealed, SEAL);

/** The identifier's own hash in a receipt: who knows the identifier can check that it is theirs. */
export function receiptHash(identifier: string): { salt: string; sha256: string } {
  const salt = randomBytes(16).toString('hex');
  return { salt, sha256: saltedHash(salt, identifier) };
}

export const saltedHash = (salt: string, identifier: string): string =>
  createHash('sha256')
    .update(`${salt}:${normalise(identifier)}`)
    .digest('hex');

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

/**
 * A condition that is true for the person's rows: a column of personal data equals the identifier, or a nested
 * one holds it as a whole value. Null when the product has no such column.
 */
export function subjectCondition(
  schema: readonly SchemaField[],
  identifier: string,
): string | null {
  const columns = personalColumns(schema);
  if (columns.length === 0) return null;
  const literal = quoteLiteral(normalise(identifier)).trim();
  return columns
    .map(({ sql, isNested }) =>
      isNested ? `contains(lower(${sql}), ${literal})` : `lower(trim(${sql})) = ${literal}`,
    )
    .join(' OR ');
}
