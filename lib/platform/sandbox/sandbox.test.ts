import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  closeLake,
  type LakeFile,
  lakePaths,
  openFiles,
  openLake,
  queryRows,
  scanSql,
  writeSnapshot,
} from '../lake';
import { newDataKey } from '../lake/keys';
import { describeSql, previewSql, runSqlToSnapshot } from '.';

let root: string;
let clear: LakeFile[];
let secret: LakeFile[];
const master = newDataKey();

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
  await openLake({ root, memoryMb: 512 });
  const sql = "SELECT i AS id, i * 1.5 AS amount, 'n' || i AS name FROM range(1000) t(i)";
  const a = await writeSnapshot({ paths: lakePaths(root, 'p', 'd', 'clear'), sql });
  const b = await writeSnapshot({
    paths: lakePaths(root, 'p', 'd', 'secret'),
    sql,
    masterKey: master,
  });
  clear = openFiles(root, null, a.files);
  secret = openFiles(root, master, b.files);
  await writeFile(path.join(root, 'other.csv'), 'a,b\n1,2\n');
});
afterAll(async () => {
  await closeLake();
  await rm(root, { recursive: true, force: true });
});

const inputs = () => [
  { name: 'orders', files: clear },
  { name: 'my-people', files: secret },
];

describe('previewSql', () => {
  it('reads clear and encrypted inputs and says which it read', async () => {
    const sql = `WITH orders AS (SELECT * FROM orders WHERE id < 5)
      SELECT o.id, p.name FROM orders o JOIN "my-people" p USING (id) ORDER BY id; -- done`;
    const preview = await previewSql({ sql, inputs: inputs(), limits: { maxRows: 3 } });
    expect(preview).toEqual({
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'name', type: 'VARCHAR' },
      ],
      rows: [
        [0, 'n0'],
        [1, 'n1'],
        [2, 'n2'],
      ],
      isTruncated: true,
      inputs: ['my-people', 'orders'],
    });
  });

  it('describes without running', async () => {
    const sql =
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n, amount::DECIMAL(9,2) AS amount FROM t, ORDERS';
    expect(await describeSql({ sql, inputs: inputs() })).toEqual({
      columns: [
        { name: 'n', type: 'INTEGER' },
        { name: 'amount', type: 'DECIMAL(9,2)' },
      ],
      inputs: ['orders'],
    });
  });

  const refused: [string, RegExp][] = [
    ['', /empty/],
    [' ;; ', /no statement/],
    ['-- only words', /no statement/],
    ['SELECT 1; SELECT 2', /Exactly one/],
    ["COPY orders TO 'x.csv'", /Only a SELECT/],
    ["ATTACH 'x.db'", /Only a SELECT/],
    ['INSTALL httpfs', /Only a SELECT/],
    ['LOAD httpfs', /Only a SELECT/],
    ["SET memory_limit = '10GB'", /Only a SELECT/],
    ['PRAGMA database_list', /Only a SELECT/],
    ['CREATE TABLE x AS SELECT 1', /Only a SELECT/],
    ['DROP VIEW orders', /Only a SELECT/],
    ["EXPORT DATABASE 'x'", /Only a SELECT/],
    ['CALL pragma_version()', /Only a SELECT/],
    ['EXPLAIN SELECT 1', /Only a SELECT/],
    ['SHOW TABLES', /not allowed/],
    ['DESCRIBE orders', /not allowed/],
    ["SELECT * FROM read_csv('/etc/passwd')", /read_csv is not allowed/],
    ["SELECT * FROM '/etc/passwd'", /not an input/],
    ["SELECT * FROM 'other.csv'", /not an input/],
    ["SELECT\n * FROM read_text('/etc/hostname')", /Line 2/],
    ["SELECT * FROM glob('/*')", /not allowed/],
    ["SELECT (SELECT content FROM read_blob('/proc/self/environ'))", /not allowed/],
    ["SELECT getenv('PATH')", /not allowed/],
    ["SELECT current_setting('allowed_paths')", /not allowed/],
    ['SELECT * FROM duckdb_settings()', /not allowed/],
    ['SELECT * FROM duckdb_views', /not an input/],
    ['SELECT * FROM information_schema.tables', /not an input/],
    ['SELECT * FROM main.orders', /not an input/],
    ["SELECT * FROM query('SELECT 1')", /not allowed/],
    ["SELECT * FROM query_table('orders')", /not allowed/],
    ["SELECT * FROM parquet_metadata('x')", /not allowed/],
    ["SELECT * FROM sniff_csv('/etc/passwd')", /not allowed/],
    ["FROM json_execute_serialized_sql('{}')", /not allowed/],
    ['PIVOT orders ON name USING sum(amount)', /Exactly one/],
    ['SELECT $1', /parameters/],
    ['SELECT 1 \0', /NUL/],
  ];
  it.each(refused)('refuses %j', async (sql, message) => {
    await expect(previewSql({ sql, inputs: inputs() })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });

  it('shows DuckDB’s words and the line', async () => {
    await expect(
      previewSql({ sql: 'SELECT id,\n nope\nFROM orders', inputs: inputs() }),
    ).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/"nope" not found/),
      details: { line: 2 },
    });
    await expect(previewSql({ sql: 'SELEC 1', inputs: inputs() })).rejects.toThrow(
      /syntax error at or near "SELEC"/,
    );
    const error = await previewSql({
      sql: 'SELECT name::INTEGER FROM orders',
      inputs: inputs(),
    }).catch((e: Error) => e);
    expect((error as Error).message).toMatch(/Could not convert string 'n0'/);
    expect((error as Error).message).not.toContain(root);
  });

  it('kills what runs too long, takes too much memory or is aborted', async () => {
    const endless = 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b';
    await expect(
      previewSql({ sql: endless, inputs: [], limits: { timeMs: 1500 } }),
    ).rejects.toThrow(/longer than 1.5 s/);
    const text = "SELECT repeat('x', 1000000000) AS a, repeat('y', 1000000000) AS b FROM range(9)";
    await expect(previewSql({ sql: text, inputs: [], limits: { memoryMb: 64 } })).rejects.toThrow(
      /64 MB/,
    );
    const signal = AbortSignal.timeout(500);
    await expect(previewSql({ sql: endless, inputs: [], signal })).rejects.toThrow(/timeout/);
    const huge = "SELECT list(range::VARCHAR || repeat('x', 100)) FROM range(50000000)";
    await expect(previewSql({ sql: huge, inputs: [], limits: { memoryMb: 128 } })).rejects.toThrow(
      /128 MB/,
    );
  });
});

describe('rows that a reader must not meet', () => {
  // 'n7' would be told by the cast, 'n8' by the error, if the engine tried a statement's conditions on it.
  const hidden = () => [
    { name: 'orders', files: clear, without: "name = 'n7'" },
    {
      ...{ name: 'my-people', files: secret },
      narrowed: { select: 'id, left(name, 1) AS name', where: "name <> 'n8'" },
    },
  ];
  const prying = `SELECT o.id FROM orders o JOIN "my-people" p USING (id)
    WHERE CASE WHEN o.name = 'n7' OR id = 8 THEN error(o.name || p.name) ELSE true END`;

  it('are out of reach of its conditions, in a preview and in a run', async () => {
    const work = { sql: prying, inputs: hidden(), limits: { maxRows: 1000 } };
    expect((await previewSql(work)).rows).toHaveLength(998);
    const paths = lakePaths(root, 'kept', 'd', 's');
    expect((await runSqlToSnapshot(work, { paths })).rowCount).toBe(998);
  });

  it('may be more than a preview has memory for', async () => {
    const paths = lakePaths(root, 'wide', 'd', 's');
    const sql =
      'SELECT i AS id, sha256(i::VARCHAR) AS a, md5(i::VARCHAR) AS b FROM range(300000) t(i)';
    const wide = await writeSnapshot({ paths, sql });
    const inputs = [{ name: 'wide', files: openFiles(root, null, wide.files), without: 'id = 1' }];
    expect(await describeSql({ sql: 'FROM wide', inputs })).toMatchObject({ inputs: ['wide'] });
    const counted = 'SELECT count(*) AS n, count(DISTINCT left(a, 2)) AS heads FROM wide';
    const work = { sql: counted, inputs, limits: { memoryMb: 32 } };
    expect((await previewSql(work)).rows).toEqual([[299999, 256]]);
  });
});

describe('runSqlToSnapshot', () => {
  it('writes an encrypted snapshot in the contract’s types', async () => {
    const paths = lakePaths(root, 'out', 'd', 's1');
    const schema = [
      { name: 'total', type: 'decimal' as const, precision: 12, scale: 2 },
      { name: 'n', type: 'integer' as const },
    ];
    const sql = 'SELECT count(*) AS n, sum(amount) AS total FROM "my-people"';
    const written = await runSqlToSnapshot(
      { sql, inputs: inputs() },
      { paths, schema, masterKey: master },
    );
    expect(written).toMatchObject({ rowCount: 1, inputs: ['my-people'] });
    const files = openFiles(root, master, written.files);
    expect(await queryRows(`FROM ${scanSql(files)}`, [], { files })).toEqual([
      { total: 749250, n: 1000 },
    ]);
  });

  it('leaves nothing behind when it fails', async () => {
    const paths = lakePaths(root, 'out', 'd', 's2');
    const schema = [{ name: 'name', type: 'integer' as const }];
    const bad = runSqlToSnapshot(
      { sql: 'SELECT name FROM orders', inputs: inputs() },
      { paths, schema },
    );
    await expect(bad).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining("'n0'"),
    });
    await expect(access(paths.dir)).rejects.toThrow();
    await expect(access(path.join(root, '.tmp', 'x'))).rejects.toThrow();
  });
});
