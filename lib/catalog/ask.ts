import { createHash } from 'node:crypto';
import { indexedPool } from '@/lib/core';
import type { Statement } from './search-sql';

/** So many statements are planned once a connection; what is asked more rarely is planned each time. */
const MOST_KEPT = 100;
const kept = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = kept.get(text);
  if (known || kept.size >= MOST_KEPT) return known;
  const name = `catalog-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  kept.set(text, name);
  return name;
}

/** Sends a statement over search documents. */
export async function askIndexed<Row extends object>({ text, values }: Statement): Promise<Row[]> {
  const { rows } = await indexedPool().query<Row>({ name: nameOf(text), text, values });
  return rows;
}
