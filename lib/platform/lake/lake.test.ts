import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMasterKey } from '@/lib/core/master-key';
import {
  closeLake,
  csvOf,
  exportParquet,
  lakePaths,
  lakeUsage,
  ndjsonOf,
  openFiles,
  openLake,
  queryRows,
  removeSnapshotFiles,
  resolveLakeFile,
  scanSql,
  streamRows,
  unwrapKey,
  wrapKey,
  writeSnapshot,
} from '.';
import { newDataKey } from './keys';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'lake-'));
  await openLake({ root, memoryMb: 512, maxConnections: 2 });
});
afterAll(async () => {
  await closeLake();
  await rm(root, { recursive: true, force: true });
});

const master = newDataKey();
async function text(pieces: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
}

describe('snapshots', () => {
  it('writes, reads back and removes', async () => {
    const paths = lakePaths(root, 'p1', 'production', 's1');
    const sql = "SELECT i::INTEGER AS id, 'n' || i AS name FROM range(5000) t(i)";
    const written = await writeSnapshot({ paths, sql, rowGroupSize: 2048 });
    expect(written.rowCount).toBe(5000);
    expect(written.files[0]).toMatchObject({
      path: 'p1/production/s1/part-00000.parquet',
      wrappedKey: null,
    });
    expect(await readdir(paths.dir)).toEqual(['part-00000.parquet']);
    const files = openFiles(root, null, written.files);
    expect(await queryRows(`SELECT count(*) n, max(id) top FROM ${scanSql(files)}`)).toEqual([
      { n: 5000, top: 4999 },
    ]);
    expect((await lakeUsage(paths.dir)).sizeBytes).toBe(written.sizeBytes);
    await removeSnapshotFiles(paths.dir);
    await removeSnapshotFiles(paths.dir);
    expect(await lakeUsage(paths.dir)).toEqual({ files: 0, sizeBytes: 0 });
  });

  it('encrypts: no plain text on disk, unreadable without the key, readable with it', async () => {
    const paths = lakePaths(root, 'p2', 'production', 's1');
    const written = await writeSnapshot({
      paths,
      sql: "SELECT 'very-secret-name' AS name",
      masterKey: master,
    });
    const file = resolveLakeFile(root, written.files[0]!.path);
    expect((await readFile(file)).includes('very-secret-name')).toBe(false);
    const files = openFiles(root, master, written.files);
    expect(await queryRows(`FROM ${scanSql(files)}`, [], { files })).toEqual([
      { name: 'very-secret-name' },
    ]);
    await expect(queryRows(`FROM ${scanSql([{ path: file, key: null }])}`)).rejects.toThrow(
      /encrypted/,
    );
    expect(() => openFiles(root, newDataKey(), written.files)).toThrow(/master key/);
    expect(() => openFiles(root, null, written.files)).toThrow(/no master key/);
    const moved = [{ path: 'p2/other.parquet', wrappedKey: written.files[0]!.wrappedKey }];
    expect(() => openFiles(root, master, moved)).toThrow(/cannot be opened/);
  });

  it('reads clear and encrypted files together', async () => {
    const a = await writeSnapshot({
      paths: lakePaths(root, 'p3', 'd', 'a'),
      sql: 'SELECT 1 AS x',
      masterKey: master,
    });
    const b = await writeSnapshot({ paths: lakePaths(root, 'p3', 'd', 'b'), sql: 'SELECT 2 AS x' });
    const files = openFiles(root, master, [...a.files, ...b.files]);
    expect(await queryRows(`SELECT sum(x) s FROM ${scanSql(files)}`, [], { files })).toEqual([
      { s: 3 },
    ]);
  });

  it('holds the schema and leaves nothing behind when a value does not fit', async () => {
    const paths = lakePaths(root, 'p4', 'd', 's');
    const schema = [{ name: 'x', type: 'integer' as const }];
    const bad = writeSnapshot({ paths, sql: "SELECT 'abc' AS x", schema });
    await expect(bad).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('abc'),
    });
    await expect(writeSnapshot({ paths, sql: 'SELECT 1 AS y', schema })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(stat(paths.dir)).rejects.toThrow();
  });

  it('aborts a write and leaves nothing behind', async () => {
    const paths = lakePaths(root, 'p5', 'd', 's');
    const signal = AbortSignal.timeout(50);
    const sql = 'SELECT a.range * b.range AS x FROM range(1000000) a, range(1000000) b';
    await expect(writeSnapshot({ paths, sql, signal })).rejects.toThrow(/timeout/);
    await expect(stat(paths.dir)).rejects.toThrow();
  });

  it('refuses paths that leave the lake', () => {
    for (const part of ['..', '../x', 'a/b', '', '.tmp', 'x\0', `${'a'.repeat(200)}`]) {
      expect(() => lakePaths(root, part)).toThrow(/directory of the lake/);
    }
    expect(() => resolveLakeFile(root, '../etc/passwd')).toThrow(/outside/);
    expect(() => scanSql([])).toThrow(/no files/);
  });
});

describe('rows', () => {
  it('turns every kind of value into JSON without loss', async () => {
    const [row] =
      await queryRows(`SELECT 1::BIGINT AS small, 9007199254740993::BIGINT AS big, 12.50::DECIMAL(10,2) AS price,
      12345678901234567890.12::DECIMAL(38,2) AS wide, 'nan'::DOUBLE AS nan, TIMESTAMP '2024-01-02 03:04:05.6' AS ts,
      TIMESTAMPTZ '2024-01-02 03:04:05+02' AS tz, TIMESTAMP '1969-12-31 23:59:59' AS old, DATE '2024-02-29' AS d, TIME '10:11:12' AS t,
      'ab'::BLOB AS b, [1, NULL] AS l, {'a': 1, 'b': DATE '2024-01-01'} AS s, MAP {'k': 9007199254740993} AS m,
      '{"x":[1,9007199254740993]}'::JSON AS j, NULL AS n, uuid '00000000-0000-0000-0000-000000000001' AS u, true AS yes,
      'a'::ENUM('a') AS e, 'infinity'::TIMESTAMP AS inf, 170141183460469231731687303715884105727::HUGEINT AS huge`);
    expect(row).toEqual({
      small: 1,
      big: '9007199254740993',
      price: 12.5,
      wide: '12345678901234567890.12',
      nan: 'NaN',
      ts: '2024-01-02T03:04:05.6Z',
      tz: '2024-01-02T01:04:05Z',
      old: '1969-12-31T23:59:59Z',
      d: '2024-02-29',
      t: '10:11:12',
      b: 'YWI=',
      l: [1, null],
      s: { a: 1, b: '2024-01-01' },
      m: { k: '9007199254740993' },
      j: { x: [1, '9007199254740993'] },
      n: null,
      u: '00000000-0000-0000-0000-000000000001',
      yes: true,
      e: 'a',
      inf: 'infinity',
      huge: '170141183460469231731687303715884105727',
    });
  });

  it('binds parameters', async () => {
    expect(await queryRows('SELECT $1 AS x, $2 + 1 AS y', ["'; DROP", 2])).toEqual([
      { x: "'; DROP", y: 3 },
    ]);
  });

  it('gives connections back: breaking off, errors and aborts beyond the pool size', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      for await (const _ of await streamRows('FROM range(100000)')) break;
      await expect(queryRows('SELECT nonsense')).rejects.toThrow(/nonsense/);
      (await streamRows('FROM range(10)')).close();
    }
    const all = await Promise.all(Array.from({ length: 8 }, () => queryRows('SELECT 1 AS x')));
    expect(all).toHaveLength(8);
  });

  it('interrupts a running statement and one that waits', async () => {
    const endless = 'SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b';
    const abort = new AbortController();
    const work = [1, 2, 3].map(() => queryRows(endless, [], { signal: abort.signal }));
    setTimeout(() => abort.abort(new Error('stopped')), 60);
    for (const end of await Promise.allSettled(work)) {
      expect(end).toMatchObject({ status: 'rejected', reason: { message: 'stopped' } });
    }
    expect(await queryRows('SELECT 1 AS x')).toEqual([{ x: 1 }]);
  });

  it('writes CSV with formulas made harmless, and NDJSON', async () => {
    const sql = `SELECT '=cmd()' AS "=x", -5 AS n, '-5' AS t, '+1+1' AS p, 'a"b,c' AS q, NULL AS z, '' AS e, '\tx' AS tab`;
    expect(await text(csvOf(await streamRows(sql)))).toBe(
      `'=x,n,t,p,q,z,e,tab\r\n'=cmd(),-5,-5,'+1+1,"a""b,c",,"",'\tx\r\n`,
    );
    expect(await text(csvOf(await streamRows(sql), { isFormulaSafe: false }))).toContain(
      '\r\n=cmd(),',
    );
    expect(await text(ndjsonOf(await streamRows("SELECT 1 AS a, 'x' AS b")))).toBe(
      '{"a":1,"b":"x"}\n',
    );
  });

  it('exports Parquet', async () => {
    const file = path.join(root, "it's.parquet");
    expect(
      await exportParquet('SELECT * FROM range(10) t(i) WHERE i > $1', [5], file),
    ).toMatchObject({ rowCount: 4 });
    expect(
      await queryRows(`SELECT count(*) AS n FROM ${scanSql([{ path: file, key: null }])}`),
    ).toEqual([{ n: 4 }]);
  });
});

describe('keys', () => {
  it('wraps and unwraps; refuses damage and another context', () => {
    const key = newDataKey();
    const wrapped = wrapKey(master, key, 'a');
    expect(unwrapKey(master, wrapped, 'a')).toEqual(key);
    expect(wrapped.includes(key)).toBe(false);
    for (let at = 0; at < wrapped.length; at += 1) {
      const broken = Buffer.from(wrapped);
      broken[at]! ^= 1;
      expect(() => unwrapKey(master, broken, 'a')).toThrow(/cannot be opened/);
    }
    expect(() => unwrapKey(master, wrapped, 'b')).toThrow();
    expect(() => unwrapKey(master, Buffer.alloc(0), 'a')).toThrow();
  });

  it('makes one master key for many processes, mode 600', async () => {
    const home = path.join(root, 'home');
    const code = `import('@/lib/core/master-key').then(async (m) => console.log((await m.loadMasterKey(process.argv[1])).toString('hex')))`;
    const run = promisify(execFile);
    const made = await Promise.all(
      Array.from({ length: 3 }, () => run(process.execPath, ['--import', 'tsx', '-e', code, home])),
    );
    expect(new Set(made.map((out) => out.stdout)).size).toBe(1);
    expect((await stat(path.join(home, 'master.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['master.key']);
  });

  it('takes the key from the environment and refuses what is none', async () => {
    expect(await loadMasterKey(root, master.toString('hex'))).toEqual(master);
    expect(await loadMasterKey(root, master.toString('base64'))).toEqual(master);
    await expect(loadMasterKey(root, 'short')).rejects.toThrow(/PORTOLAN_MASTER_KEY/);
    await writeFile(path.join(root, 'master.key'), 'broken');
    await expect(loadMasterKey(root)).rejects.toThrow(/master.key/);
  });
});
