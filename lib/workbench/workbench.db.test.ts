import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeGrant, grantAccess, revokeGrant } from '@/lib/access';
import { type Ctx, db, isAppError, systemCtx, transact } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { sealOptOut } from '@/lib/platform';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { flushUsage } from '@/lib/serving';
import type { SchemaField } from '@/lib/specs';
import {
  deleteQuery,
  downloadQuery,
  type QueryLine,
  queryableProducts,
  queryHistory,
  restoreQuery,
  runQuery,
  savedQueries,
  savedQuery,
  saveQuery,
  updateQuery,
} from '.';
import { queryGate } from './limits';

useTestDatabase();

const PEOPLE: SchemaField[] = [
  { name: 'id', type: 'long', primaryKey: true },
  { name: 'email', type: 'string', pii: true },
  { name: 'region', type: 'string' },
];
const ORDERS: SchemaField[] = [
  { name: 'id', type: 'long', primaryKey: true },
  { name: 'person', type: 'long' },
  { name: 'amount', type: 'integer' },
];

let owner: Ctx;
let reader: Ctx;
let readerId: string;
let colleague: Ctx;
let hr: string;
const ids = { people: '', orders: '', payroll: '', grant: '' };
beforeAll(async () => {
  hr = (await makeDomain({ name: 'hr' })).id;
  const sales = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const admin = await makeMember(hr, 'data_admin');
  owner = await ctxOf(admin);
  const consumer = await makeMember(sales.id, 'data_consumer');
  readerId = consumer.id;
  reader = await ctxOf(consumer);
  colleague = await ctxOf(await makeMember(sales.id, 'data_consumer'));
  const live = async (name: string, domainId: string, fields: SchemaField[], sql: string) => {
    const classification = domainId === hr ? 'confidential' : 'internal';
    const made = { domainId, ownerId: admin.id, name, classification, fields, sql };
    return (await makeLiveProduct(made)).product.id;
  };
  ids.people = await live(
    'people-list',
    hr,
    PEOPLE,
    "select i as id, 'zq' || i || '@x.example' as email, if(i % 2 = 0, 'EU', 'zqfar') as region from range(10) t(i)",
  );
  ids.payroll = await live('payroll', hr, ORDERS, 'select 1 as id, 2 as person, 3 as amount');
  ids.orders = await live(
    'orders',
    sales.id,
    ORDERS,
    'select i as id, i % 10 as person, i * 2 as amount from range(1000) t(i)',
  );
  const given = await grantAccess(owner, {
    ...{ productId: ids.people, email: consumer.email, purpose: 'A study' },
  });
  ids.grant = given.grantId;
  await changeGrant(owner, {
    grantId: given.grantId,
    terms: {
      columns: { id: { as: 'plain' }, email: { as: 'hash' }, region: { as: 'plain' } },
      filter: [{ column: 'region', operator: 'eq', values: ['EU'] }],
    },
  });
});
afterAll(async () => {
  await flushUsage();
  await closeLake();
});

const signal = () => new AbortController().signal;

async function linesOf(ctx: Ctx, sql: string, client = signal()): Promise<QueryLine[]> {
  const lines: QueryLine[] = [];
  for await (const line of await runQuery(ctx, { sql }, client)) {
    lines.push(JSON.parse(line) as QueryLine);
  }
  return lines;
}
const rowsOf = (lines: QueryLine[]) =>
  lines.flatMap((line) => (line.kind === 'page' ? line.rows : []));
const events = (action: string) =>
  db().auditEvent.findMany({ where: { action }, orderBy: { at: 'desc' } });

describe('a query over products', () => {
  it('joins what the person may read, and what the grant leaves out is not there', async () => {
    const lines = await linesOf(
      reader,
      'select p.id, p.email, p.region, sum(o.amount) as total from sales.orders o join hr."people-list" p on p.id = o.person group by all order by p.id',
    );
    expect(lines[0]).toMatchObject({
      kind: 'head',
      columns: [{ name: 'id' }, { name: 'email' }, { name: 'region' }, { name: 'total' }],
      products: [
        { address: 'sales/orders', isNarrowed: false },
        { address: 'hr/people-list', isNarrowed: true },
      ],
      downloadRefusal: null,
    });
    const rows = rowsOf(lines);
    expect(rows.map(([id]) => id)).toEqual([0, 2, 4, 6, 8]);
    expect(JSON.stringify(rows)).not.toContain('zq');
    expect(lines.at(-1)).toMatchObject({ kind: 'end', rowCount: 5, cutBy: null });
  });

  it('is audited with statement, products, decisions and rows, and counts as a use of each', async () => {
    const sql = 'select max(o.amount), count(p.region) from sales.orders o, hr."people-list" p';
    const [head] = await linesOf(reader, sql);
    const id = head?.kind === 'head' ? head.id : '';
    const of = async (action: string) =>
      (await events(action)).find((event) => event.targetId === id)?.detail as Record<
        string,
        unknown
      >;
    const begun = await of('query.run');
    expect(begun).toMatchObject({ statement: sql, products: ['sales/orders', 'hr/people-list'] });
    const decisions = begun.decisions as string[];
    const decided = await db().auditEvent.findMany({ where: { id: { in: decisions } } });
    expect(decided.map((one) => one.decision)).toEqual(['allow', 'allow']);
    expect(await of('query.end')).toMatchObject({ status: 'done', rows: 1 });
    await flushUsage();
    const used = await db().usageEvent.findMany({ where: { decisionId: { in: decisions } } });
    expect(used.map(({ productId, shape, columns }) => ({ productId, shape, columns }))).toEqual(
      expect.arrayContaining([
        { productId: ids.orders, shape: 'query', columns: ['amount'] },
        { productId: ids.people, shape: 'query', columns: ['region'] },
      ]),
    );
    const { runs } = await queryHistory(reader);
    expect(runs[0]).toMatchObject({ sql, status: 'done', rowCount: 1, format: 'pages' });
    expect((await queryHistory(colleague)).runs).toEqual([]);
  });

  it('refuses a product that is not granted, with where to ask, and hears of each', async () => {
    const refused = await linesOf(
      reader,
      'select * from sales.orders,\n hr.payroll, hr.nothing',
    ).catch((error: unknown) => error);
    expect(isAppError(refused) && refused.code).toBe('forbidden');
    expect(isAppError(refused) && refused.details).toMatchObject({
      line: 2,
      refused: [
        { product: 'hr/payroll', href: '/products/hr/payroll/access' },
        { product: 'hr/nothing' },
      ],
    });
    const hidden = await linesOf(reader, 'from hr.nothing').catch((error: Error) => error.message);
    expect(hidden).toContain('does not exist, or you may not see it');
    const { runs } = await queryHistory(reader);
    expect(runs.slice(0, 2).map(({ status, error }) => [status, error])).toEqual([
      ['failed', 'not_found'],
      ['failed', 'forbidden'],
    ]);
  });

  it('tells a mistake with its place, and a late one in the last line', async () => {
    await expect(linesOf(reader, 'select nope\nfrom sales.orders')).rejects.toMatchObject({
      details: { line: 1, column: 8 },
    });
    const lines = await linesOf(
      reader,
      "select if(id = 999, error('late'), id) from sales.orders order by id",
    ).catch((error: Error) => [{ kind: 'error', detail: error.message } as QueryLine]);
    expect(lines.at(-1)).toMatchObject({ kind: 'error', detail: expect.stringContaining('late') });
  });

  it('ends with its reader, who may run two at once', async () => {
    const client = new AbortController();
    const slow = 'with recursive t(n) as (select 1 union all select n + 1 from t) select n from t';
    const running = [
      runQuery(reader, { sql: slow }, client.signal).catch((error: Error) => error.message),
    ];
    await expect
      .poll(() => db().queryRun.count({ where: { userId: readerId, status: 'running' } }))
      .toBe(1);
    running.push(
      runQuery(reader, { sql: slow }, client.signal).catch((error: Error) => error.message),
    );
    await expect
      .poll(() => db().queryRun.count({ where: { userId: readerId, status: 'running' } }))
      .toBe(2);
    await expect(linesOf(reader, 'select 1')).rejects.toMatchObject({ code: 'rate_limited' });
    expect(rowsOf(await linesOf(colleague, 'select 1'))).toEqual([[1]]);
    client.abort(new Error('left'));
    const outcomes = await Promise.all(running);
    for (const one of outcomes) {
      if (typeof one !== 'string')
        await expect(one.next().then(() => one.next())).resolves.toBeTruthy();
    }
    await expect
      .poll(() => db().queryRun.count({ where: { userId: readerId, status: 'running' } }))
      .toBe(0);
    expect((await queryHistory(reader)).runs.slice(0, 2).map((run) => run.status)).toEqual([
      'cancelled',
      'cancelled',
    ]);
  });

  it('gives its place back, though whoever asked left before the first line', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const client = new AbortController();
      await runQuery(reader, { sql: 'select 1' }, client.signal);
      client.abort(new Error('left'));
      const running = { userId: readerId, status: 'running' };
      await expect.poll(() => db().queryRun.count({ where: running })).toBe(0);
    }
    expect(queryGate().running).toBe(0);
  });

  it('meets nobody who opted out, even in an error', async () => {
    const keep = await sealOptOut('zq4@x.example', 'digest', 'request');
    await transact((tx) => keep(tx));
    const sql = 'select id from hr."people-list" order by id';
    await expect.poll(async () => rowsOf(await linesOf(owner, sql)).length).toBe(9);
    const told = await linesOf(
      owner,
      `select id from hr."people-list" where case when email like 'zq4%' then error(email) else true end`,
    );
    expect(rowsOf(told)).toHaveLength(9);
  });

  it('comes as a file in each format', async () => {
    const sql = 'select id, amount from sales.orders order by id limit 2';
    const csv = await downloadQuery(reader, { sql, format: 'csv' }, signal());
    expect(csv.headers['content-disposition']).toContain('query.csv');
    expect(await text(csv.stream)).toBe('id,amount\r\n0,0\r\n1,2\r\n');
    const json = await downloadQuery(reader, { sql, format: 'json' }, signal());
    expect(JSON.parse(await text(json.stream))).toEqual([
      { id: 0, amount: 0 },
      { id: 1, amount: 2 },
    ]);
    await expect
      .poll(async () => (await queryHistory(reader)).runs[0])
      .toMatchObject({
        ...{ status: 'done', format: 'json', rowCount: 2 },
      });
  });

  it('lists the products to query with the columns that the person would read', async () => {
    const { products } = await queryableProducts(reader);
    expect(products.map(({ reference, isNarrowed }) => [reference, isNarrowed])).toEqual([
      ['hr."people-list"', true],
      ['sales.orders', false],
    ]);
    expect((await queryableProducts(reader, 'people')).products).toHaveLength(1);
    expect(
      (await queryableProducts(owner, 'payroll')).products[0]?.columns.map((one) => one.name),
    ).toEqual(['id', 'person', 'amount']);
  });
});

describe('saved queries', () => {
  it('are kept, changed, thrown away and brought back', async () => {
    const { queryId } = await saveQuery(reader, { name: 'Mine', sql: 'select 1' });
    await expect(saveQuery(reader, { name: 'Mine', sql: 'select 2' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const { rev } = await updateQuery(reader, { queryId, rev: 1, sql: 'select 3' });
    await expect(updateQuery(reader, { queryId, rev: 1, sql: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await savedQuery(reader, queryId)).toMatchObject({
      sql: 'select 3',
      rev,
      isMine: true,
      name: 'Mine',
    });
    await expect(savedQuery(colleague, queryId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteQuery(colleague, { queryId })).rejects.toMatchObject({ code: 'not_found' });
    await deleteQuery(reader, { queryId });
    expect(await savedQueries(reader)).toEqual([]);
    await saveQuery(reader, { name: 'Mine', sql: 'select 4' });
    await expect(restoreQuery(reader, { queryId })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are shared with a domain of one’s own, less those that name a hidden product', async () => {
    const me = reader.actor.type === 'user' ? reader.actor : null;
    const domainId = me?.memberships[0]?.domainId ?? '';
    const shared = { name: 'Ours', sql: 'select * from sales.orders', domainId };
    const { queryId } = await saveQuery(reader, shared);
    expect(await savedQuery(colleague, queryId)).toMatchObject({
      ...{ isMine: false, domain: { name: 'sales' } },
    });
    const stranger = await ctxOf(await makeUser());
    expect(await savedQueries(stranger)).toEqual([]);
    await expect(saveQuery(reader, { ...shared, name: 'X', domainId: hr })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      saveQuery(reader, { ...shared, name: 'X', sql: 'drop table x' }),
    ).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { sql: expect.any(String) } },
    });
    await updateQuery(reader, { queryId, rev: 1, sql: 'from hr.unknown' });
    await expect(savedQuery(colleague, queryId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await savedQuery(reader, queryId)).toMatchObject({ isMine: true });
  });
});

it('reads nothing any more once the grant is revoked, under way neither', async () => {
  const sql =
    'select p.id, repeat(\'x\', 2000) from hr."people-list" p, range(100000) r(i) where p.id < 10';
  const reading = await runQuery(reader, { sql }, signal());
  await reading.next();
  await revokeGrant(owner, { grantId: ids.grant });
  await expect
    .poll(() =>
      linesOf(reader, 'from hr."people-list"').catch(
        (error: unknown) => isAppError(error) && error.code,
      ),
    )
    .toBe('forbidden');
  const { value } = await reading.next();
  expect(JSON.parse(String(value))).toMatchObject({ kind: 'error', code: 'forbidden' });
});
