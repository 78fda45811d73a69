import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeLake, exportParquet, openLake } from '../../lake';
import type { SandboxInput } from '../run';
import { tablesRead } from './columns-read';
import { openQuery, queryToFile } from './run';

let root: string;
let inputs: SandboxInput[];
let parser: DuckDBConnection;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'query-'));
  parser = await (await DuckDBInstance.create(':memory:')).connect();
  await openLake({ root, memoryMb: 256 });
  const write = async (name: string, sql: string) => {
    const file = path.join(root, `${name}.parquet`);
    await exportParquet(sql, [], file);
    return [{ path: file, key: null }];
  };
  inputs = [
    {
      name: 'sales.orders',
      files: await write(
        'orders',
        "select i as id, i % 3 as customer, 'o' || i as note from range(3000) t(i)",
      ),
    },
    { name: 'main.notes', files: await write('notes', "select 'kept' as note") },
    {
      name: 'sales.customer-list',
      files: await write(
        'customers',
        "select i as id, if(i = 2, null, 'c' || i) as name, 'zqmail' || i as email from range(3) t(i)",
      ),
      narrowed: { select: 'id, name, left(sha256(email), 8) as email', where: 'id <> 1' },
    },
  ];
});
afterAll(async () => {
  parser.closeSync();
  await closeLake();
  await rm(root, { recursive: true, force: true });
});

const LIMITS = { memoryMb: 256, threads: 1, timeMs: 20_000, maxRows: 100 };
const work = (
  sql: string,
  more: { limits?: Partial<typeof LIMITS>; signal?: AbortSignal } = {},
) => ({
  ...{ sql, lakeRoot: root, signal: more.signal ?? new AbortController().signal },
  limits: { ...LIMITS, ...more.limits },
  resolve: async (tables: readonly { schema: string; table: string }[]) =>
    tables.flatMap(({ schema, table }) =>
      inputs.filter(({ name }) => name === `${schema}.${table}`),
    ),
});

async function run(sql: string, more?: Parameters<typeof work>[1]) {
  const { columns, pages } = await openQuery(work(sql, more));
  const rows: unknown[][] = [];
  const reading = pages();
  for (;;) {
    const next = await reading.next();
    if (next.done) return { columns, rows, end: next.value };
    rows.push(...(JSON.parse(next.value.text) as unknown[][]));
  }
}
const spilled = () =>
  readdir(path.join(root, '.tmp')).then((all) => all.filter((one) => !/^\d+$/.test(one)));

describe('a query', () => {
  it('reads a product of a domain that is called as a schema of the engine is', async () => {
    expect((await run('select note from main.notes')).rows).toEqual([['kept']]);
  });

  it('reads products by their names, joined, and says what columns it gives', async () => {
    const { columns, rows, end } = await run(
      'select c.name, count(*) as n from sales.orders o join sales."customer-list" c on o.customer = c.id group by all order by 1',
    );
    expect(columns).toEqual([
      { name: 'name', type: 'VARCHAR' },
      { name: 'n', type: 'BIGINT' },
    ]);
    expect(rows).toEqual([
      ['c0', 1000],
      [null, 1000],
    ]);
    expect(end).toEqual({ rowCount: 2, cutBy: null });
  });

  it('ends at the most rows that it may give, in pages, and leaves nothing behind', async () => {
    const { rows, end } = await run('from sales.orders order by id', { limits: { maxRows: 1200 } });
    expect(rows).toHaveLength(1200);
    expect(rows.at(-1)).toEqual([1199, 2, 'o1199']);
    expect(end).toEqual({ rowCount: 1200, cutBy: 'rows' });
    expect(await spilled()).toEqual([]);
  });

  it.each([
    ['select foo from sales.orders', /^Line 1, column 8: .*"foo" not found/],
    ['select id\nfrom sales.orders\nwhere nothing = 1', /^Line 3, column 7: /],
    ['selec 1', /syntax error at or near "selec"/],
    ['select cast(note as integer) from sales.orders', /^Line 1, column 8: .*Could not convert/],
  ])('%s is told with its place', async (sql, words) => {
    await expect(run(sql)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(words),
    });
  });

  it.each([
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/hostname')",
    "select * from glob('/*')",
    "select * from '/etc/passwd'",
    "select getenv('HOME')",
    'select * from duckdb_settings()',
    'select * from duckdb_secrets()',
    'select * from pragma_database_list()',
    'select * from pg_catalog.pg_tables where pg_get_viewdef(1) is null',
    "select * from query('select 1')",
    "select * from query_table('orders')",
    "select current_setting('memory_limit')",
    "attach '/tmp/x.db' as x",
    "copy sales.orders to '/tmp/x.csv'",
    "copy (select 1) to '/tmp/x.csv'",
    'select 1; select 2',
    'install httpfs',
    'load httpfs',
    "set memory_limit = '10GB'",
    'pragma database_list',
    'create table x as select 1',
    'insert into sales.orders values (1, 2, 3)',
    'delete from sales.orders',
    'drop view sales.orders',
    'explain select 1',
    'describe sales.orders',
    'summarize sales.orders',
    'show tables',
    'call pragma_version()',
    'select * from orders',
    'select * from memory.sales.orders',
    'vacuum',
    "export database '/tmp/x'",
    'prepare x as select 1',
    'select sleep_ms(1)',
    '',
    '-- nothing',
    'select \0',
  ])('%j is refused before anything is bound', async (sql) => {
    const refused = { name: 'AppError', code: 'invalid' };
    await expect(tablesRead(parser, sql)).rejects.toMatchObject(refused);
  });

  it.each(['select $1', "select * from read_csv('/etc/passwd')", 'from sales.nothing', ''])(
    '%j is refused by the process too',
    async (sql) => {
      await expect(run(sql)).rejects.toMatchObject({ name: 'AppError', code: 'invalid' });
    },
  );

  it.each([
    ['select o.id, note from sales.orders o where o.customer > 1', ['customer', 'id', 'note']],
    ['select * from sales.orders', null],
    ['select count(*) from Sales.ORDERS', []],
    ['select o from sales.orders o', null],
    ['select max(note.part) from sales.orders order by "Id"', ['id', 'note', 'part']],
    ['select 1 from sales.orders a join sales.orders b using (customer)', ['customer']],
    ['select 1 from sales.orders natural join sales.orders b', null],
    ['select a from sales.orders as t(a, b)', null],
    ['select (select max(id) from sales.orders) from (select 1)', ['id']],
  ])('%s reads the columns %j', async (sql, columns) => {
    expect(await tablesRead(parser, sql)).toEqual([
      { schema: 'sales', table: 'orders', columns, line: 1 },
    ]);
  });

  it('is not taken in by a CTE that is called like a product', async () => {
    const { rows } = await run(
      'with "customer-list" as (select 7 as id), orders as (select 8 as id) select c.id, o.id, (select count(*) from sales."customer-list") from "customer-list" c, orders o',
    );
    expect(rows).toEqual([[7, 8, 2]]);
  });

  it.each([
    [
      'in time',
      'with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t',
      /longer than/,
    ],
    [
      'in time, joined',
      'select sum(hash(a.id, b.id, c.id)) from sales.orders a, sales.orders b, sales.orders c',
      /longer than/,
    ],
    [
      'in memory',
      "select repeat('x', 2000000000)",
      /needs more than|longer than|maximum|ended without/i,
    ],
    [
      'in memory, grouped',
      "select length(string_agg(repeat(a.note, 2000), '')) from sales.orders a, sales.orders b",
      /needs more than|longer than/,
    ],
  ])(
    'is bounded %s',
    async (_, sql, words) => {
      await expect(run(sql, { limits: { timeMs: 4000 } })).rejects.toThrow(words);
      expect(await spilled()).toEqual([]);
    },
    30_000,
  );

  it('is cut where its rows are too heavy, and says so', async () => {
    const { end } = await run("select repeat('x', 1000000) from range(100)");
    expect(end.cutBy).toBe('size');
    expect(end.rowCount).toBeLessThan(40);
  });

  it('ends when whoever asked has left', async () => {
    const client = new AbortController();
    const { pages } = await openQuery(
      work('from sales.orders', { signal: client.signal, limits: { maxRows: 3000 } }),
    );
    const reading = pages();
    await reading.next();
    client.abort(new Error('left'));
    await expect(reading.next()).rejects.toThrow('left');
    expect(await spilled()).toEqual([]);
  });

  it('is gone once it is closed, though nobody took a row', async () => {
    const { close } = await openQuery(work('from sales.orders'));
    await close();
    expect(await spilled()).toEqual([]);
  });

  it.each([
    'select error(email) from sales."customer-list"',
    'select cast(email as integer) from sales."customer-list" where id = 1',
    'select * from sales."customer-list" where case when email like \'zq%\' then error(email) else true end',
    'select * from (select email, row_number() over (order by email desc) as n, lag(email) over () from sales."customer-list")',
    'select o.*, c.* from sales.orders o left join sales."customer-list" c on o.customer = c.id order by c.email limit 50',
    'select (select max(email) from sales."customer-list"), list(email) from sales."customer-list"',
    'select c from sales."customer-list" c',
    'select columns(\'em.*\') from sales."customer-list"',
  ])('%s meets no value that is masked or left out', async (sql) => {
    const outcome = await run(sql).then(JSON.stringify, (error: Error) => error.message);
    expect(outcome).not.toContain('zqmail');
    expect(outcome).not.toContain('c1');
  });
});

describe('a file of a result', () => {
  const file = async (sql: string, format: 'csv' | 'json' | 'parquet', maxBytes = 1e6) => {
    const made = await queryToFile(work(sql), { format, maxBytes });
    return { ...made, text: await text(made.stream) };
  };

  it('is whole, in each format, and leaves nothing behind', async () => {
    const sql = "select 1 as a, null as b, '=1+1' as c, 'x' as a; -- end";
    expect((await file(sql, 'csv')).text).toBe("a,b,c,a_1\r\n1,,'=1+1,x\r\n");
    expect(JSON.parse((await file(sql, 'json')).text)).toEqual([
      { a: 1, b: null, c: '=1+1', a_1: 'x' },
    ]);
    expect((await file('select 1 as a where false', 'json')).text).toBe('[]\n');
    const parquet = await file(sql, 'parquet');
    expect(parquet.text.slice(0, 4)).toBe('PAR1');
    expect(parquet.rowCount).toBe(1);
    expect(await spilled()).toEqual([]);
  });

  it('is refused where it would have to be cut', async () => {
    await expect(file('from sales.orders', 'csv')).rejects.toMatchObject({ code: 'too_large' });
    await expect(file('from sales.orders', 'parquet')).rejects.toMatchObject({ code: 'too_large' });
    await expect(file("select repeat('x', 5000)", 'csv', 1000)).rejects.toMatchObject({
      code: 'too_large',
    });
    await expect(file('select nothing from sales.orders', 'csv')).rejects.toThrow(
      /^Line 1, column 8/,
    );
    expect(await spilled()).toEqual([]);
  });
});
