import { createHash } from 'node:crypto';
import type { Narrowing } from '@/lib/platform';
import type { RowsQuery } from './types';

/** The same snapshot and request give the same rows to one reader while the same people have opted out. */
export function etagOf(
  snapshotId: string,
  query: RowsQuery,
  optOuts = '',
  narrowed?: Narrowing,
): string {
  const asked = { ...query, select: query.select.map((field) => field.name) };
  const limits = narrowed ? `\n${narrowed.select}\n${narrowed.where}` : '';
  const hash = createHash('sha256').update(
    `1\n${snapshotId}${optOuts}${limits}\n${JSON.stringify(asked)}`,
  );
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/** RFC 9110 §13.1.2: any of the listed tags, compared weakly, or `*`. */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
