import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeLake, exportParquet, openLake } from '../lake';
import { openLocked } from './locked';

let root: string;
let connection: DuckDBConnection;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'locked-'));
  await openLake({ root, memoryMb: 256 });
  const file = path.join(root, 'in.parquet');
  await exportParquet('SELECT 1 AS x', [], file);
  await exportParquet('SELECT 2 AS x', [], path.join(root, 'other.parquet'));
  await writeFile(path.join(root, 'other.csv'), 'a\n1\n');
  connection = await openLocked({
    inputs: [{ name: 'orders', files: [{ path: file, key: null }] }],
    limits: { memoryMb: 128, threads: 1 },
    output: null,
  });
});
afterAll(async () => {
  connection.closeSync();
  await closeLake();
  await rm(root, { recursive: true, force: true });
});

it('reads its input', async () => {
  expect((await connection.runAndReadAll('FROM orders')).getRows()).toEqual([[1]]);
});

// The syntax check stands before this wall; here the wall stands alone.
it.each([
  "SELECT * FROM read_csv('/etc/passwd')",
  "SELECT * FROM read_text('/etc/hostname')",
  "SELECT * FROM read_blob('/proc/self/environ')",
  "SELECT * FROM read_parquet('ROOT/other.parquet')",
  "SELECT * FROM 'ROOT/other.csv'",
  "SELECT * FROM glob('ROOT/*')",
  "SELECT * FROM sniff_csv('ROOT/other.csv')",
  "COPY orders TO 'ROOT/out.csv'",
  "COPY orders TO 'ROOT/in.parquet'",
  "ATTACH 'ROOT/x.db'",
  "EXPORT DATABASE 'ROOT/dump'",
  'INSTALL httpfs',
  'LOAD httpfs',
  "SET memory_limit = '10GB'",
  'SET enable_external_access = true',
  "SET allowed_paths = ['/etc/passwd']",
  'RESET lock_configuration',
  "SELECT getenv('HOME')",
])('refuses %s', async (sql) => {
  await expect(connection.run(sql.replaceAll('ROOT', root))).rejects.toThrow();
});

it.each([
  ['rows that are left out', { without: 'x = 1' }],
  ['a part that a grant opens', { narrowed: { select: 'x', where: 'x > 1' } }],
])(
  'puts the statement of an input with %s over a copy, out of reach of the files',
  async (_, part) => {
    const files = [{ path: path.join(root, 'in.parquet'), key: null }];
    const opened = await openLocked({
      inputs: [{ name: 'orders', files, ...part }],
      limits: { memoryMb: 128, threads: 1 },
      output: { spillDir: path.join(root, 'spill') },
    });
    const plan = await opened.runAndReadAll('EXPLAIN FROM orders');
    opened.closeSync();
    expect(plan.getRows().join()).toMatch(/TABLE_SCAN|SEQ_SCAN/);
    expect(plan.getRows().join()).not.toMatch(/PARQUET/);
  },
);
