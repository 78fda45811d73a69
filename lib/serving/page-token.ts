import { createHash } from 'node:crypto';
import { badParameter } from './bad-parameter';
import type { RowsQuery } from './types';

/** Where the next page begins. It holds no data of the rows, so that addresses and logs leak none. */
export interface PageToken {
  snapshotId: string;
  /** The number of the last row that was served. */
  row: number;
}

/** What a page must share with the page before it: filters and order, but not the columns or limit. */
function fingerprint(query: RowsQuery): string {
  return createHash('sha256')
    .update(JSON.stringify([query.filters, query.order]))
    .digest('base64url')
    .slice(0, 12);
}

export function printPageToken(token: PageToken, query: RowsQuery): string {
  return Buffer.from(`${token.row}.${fingerprint(query)}.${token.snapshotId}`).toString(
    'base64url',
  );
}

/** @throws AppError invalid when it is not a token, or one of another query */
export function readPageToken(text: string, query: RowsQuery): PageToken {
  const plain = text.length <= 200 ? Buffer.from(text, 'base64url').toString('latin1') : '';
  const match = /^(\d{1,15})\.([\w-]{12})\.([\w-]{1,64})$/.exec(plain);
  if (!match) {
    throw badParameter(
      'page',
      'page is not a page token. Use nextPage of the response before, unchanged, or leave it out.',
    );
  }
  if (match[2] !== fingerprint(query)) {
    throw badParameter(
      'page',
      'page belongs to a request with other filters or another order. Send the same filters and order, or begin again without page.',
    );
  }
  return { row: Number(match[1]), snapshotId: match[3]! };
}

/** The snapshot that a page token belongs to; null when it is no token, which `readPageToken` says better. */
export function snapshotOfToken(text: string): string | null {
  const plain = text.length <= 200 ? Buffer.from(text, 'base64url').toString('latin1') : '';
  return /^\d{1,15}\.[\w-]{12}\.([\w-]{1,64})$/.exec(plain)?.[1] ?? null;
}
