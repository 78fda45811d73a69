import { now, pool } from '@/lib/core';

const DAYS = 30;

/**
 * Counts again who read each product in thirty days, and puts in front what is used most since; some words that
 * nobody uses any more are forgotten. @returns how many products' figures changed
 */
export async function refreshReaders(): Promise<number> {
  const since = new Date(now().getTime() - DAYS * 86_400_000);
  const { rows } = await pool().query<{ changed: number }>(
    'select catalog_refresh_readers($1)::int as changed',
    [since],
  );
  await pool().query('select catalog_choose_front(), catalog_forget_some()');
  return rows[0]!.changed;
}
