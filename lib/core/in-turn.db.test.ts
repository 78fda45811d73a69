import { expect, it } from 'vitest';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { pool } from './db';

useTestDatabase();

it('a connection answers in order, after a failure too, and pg complains of nothing', async () => {
  const warned: string[] = [];
  const note = (warning: Error) => warned.push(warning.message);
  process.on('warning', note);
  const client = await pool().connect();
  try {
    const asked = Array.from({ length: 5 }, (_, n) => client.query(`select ${n} as n`));
    const wrong = client.query('select nothing from nowhere');
    const after = client.query<{ n: number }>('select 9 as n');
    const told = new Promise((resolve) =>
      client.query('select 7 as n', (_: Error, { rows }) => resolve(rows)),
    );
    await expect(wrong).rejects.toThrow(/nowhere/);
    expect((await Promise.all(asked)).map(({ rows }) => rows[0].n)).toEqual([0, 1, 2, 3, 4]);
    expect([(await after).rows, await told]).toEqual([[{ n: 9 }], [{ n: 7 }]]);
  } finally {
    client.release();
    process.off('warning', note);
  }
  expect(warned).toEqual([]);
});
