import { createHash } from 'node:crypto';
import { pool } from '@/lib/core';
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

/** One plan for all values, with indexes: the planner thinks too little of what it costs to read a document. */
const BEGIN =
  'begin read only; set local enable_seqscan = off; set local jit = off; set local plan_cache_mode = force_generic_plan';

/** Sends a statement over search documents. */
export async function askIndexed<Row extends object>({ text, values }: Statement): Promise<Row[]> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query(BEGIN);
    const { rows } = await client.query<Row>({ name: nameOf(text), text, values });
    await client.query('commit');
    return rows;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection whose transaction failed is closed, not used again.
    client.release(failure);
  }
}
