import { pool } from '@/lib/core';

/**
 * Makes the partitions of this month and the next three, whichever process asks; the application's role may make no
 * other table.
 * @returns how many were made now
 */
export async function prepareAuditMonths(): Promise<number> {
  const { rows } = await pool().query<{ made: number }>('select audit_prepare_months() as made');
  return rows[0]?.made ?? 0;
}
