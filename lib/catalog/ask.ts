import { pool } from '@/lib/core';
import type { Statement } from './search-sql';

/**
 * Sends a statement over search documents. The planner does not know that a document outside of its row is dear to
 * read, and would rather look through all of them than use their index.
 */
export async function askIndexed<Row extends object>({ text, values }: Statement): Promise<Row[]> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('begin read only; set local enable_seqscan = off');
    const { rows } = await client.query<Row>(text, values);
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
