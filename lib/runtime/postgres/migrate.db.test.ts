import pg from 'pg';
import { expect, it } from 'vitest';
import { useTestDatabase } from '../testing/database';
import { migrate, schemaSql } from './migrate';

const database = useTestDatabase();

const COLUMNS = `select table_name, column_name, data_type, is_nullable, column_default
  from information_schema.columns where table_schema = $1 and table_name <> '_prisma_migrations'
  order by 1, 2`;
const INDEXES = `select tablename, replace(replace(indexdef, $1 || '.', ''), ' ON ONLY ', ' ON ') as definition
  from pg_indexes where schemaname = $1 order by 1, 2`;

it('finds nothing to apply the second time', async () => {
  expect(await migrate(database.current.ownerUrl)).toEqual([]);
});

it('migrations lead to every table, column and index of the Prisma schema', async () => {
  const client = new pg.Client({ connectionString: database.current.ownerUrl });
  await client.connect();
  try {
    const sql = await schemaSql(database.current.ownerUrl);
    await client.query('create schema expected; set search_path = expected');
    await client.query(sql.replace(/CREATE SCHEMA IF NOT EXISTS "public";/, ''));
    const clean = (rows: Record<string, unknown>[]) =>
      rows.map((row) => JSON.stringify(row).replaceAll('expected.', '').replaceAll('public.', ''));
    for (const query of [COLUMNS, INDEXES]) {
      const expected = clean((await client.query(query, ['expected'])).rows);
      const found = new Set(clean((await client.query(query, ['public'])).rows));
      expect(expected.length).toBeGreaterThan(20);
      expect(expected.filter((row) => !found.has(row))).toEqual([]);
    }
  } finally {
    await client.end();
  }
});
