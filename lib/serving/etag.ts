import { createHash } from 'node:crypto';
import type { RowsQuery } from './types';

/** The same snapshot and the same request give the same rows while the same people have opted out. */
export function etagOf(snapshotId: string, query: RowsQuery, optOuts = ''): string {
  const asked = { ...query, select: query.select.map((field) => field.name) };
  const hash = createHash('sha256').update(`1\n${snapshotId}${optOuts}\n${JSON.stringify(asked)}`);
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/** RFC 9110 §13.1.2: any of the listed tags, compared weakly, or `*`. */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
