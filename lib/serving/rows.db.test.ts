import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, env, listen, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { closeLake, queryRows } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import type { SchemaField } from '@/lib/specs';
import { openRows, type RowsRequest } from './open-rows';
import { forgetSnapshots } from './relation';
import { closeServing } from './resolve';
import { flushUsage } from './usage';

useTestDatabase();

const FIELDS: SchemaField[] = [
  { name: 'id', type: 'long', primaryKey: true },
  { name: 'name', type: 'string' },
  { name: 'amount', type: 'decimal', precision: 18, scale: 2 },
  { name: 'ratio', type: 'double' },
  { name: 'ts', type: 'timestamp' },
  { name: 'seen', type: 'timestamp', timezone: true },
  { name: 'day', type: 'date' },
  { name: 'flag', type: 'boolean' },
  { name: 'select', type: 'string' },
  { name: 'odd "name", here', type: 'string' },
  { name: 'tags', type: 'array', items: { type: 'double' } },
  { name: 'extra', type: 'json' },
];
const SQL = `select i as id, if(i % 7 = 0, null, 'n' || (i % 5)) as name, i * 1.25 as amount,
  if(i = 3, 'NaN'::double, i / 3) as ratio, timestamp '2024-01-01' + interval (i) hour as ts,
  timestamptz '2024-01-01 00:00:00+00' + interval (i) minute as seen, date '2024-01-01' + i::int as day,
  i % 2 = 0 as flag, 'x' || i as "select", '=1+' || i as "odd ""name"", here",
  [1.5, 'inf'::double] as tags, '{"a":' || i || '}' as extra`;

let owner: Ctx;
let consumer: Ctx;
let domainId: string;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  domainId = domain.id;
  await seedPolicies(systemCtx('test'));
  const person = await makeMember(domain.id, 'data_producer');
  owner = await ctxOf(person);
  consumer = await ctxOf(await makeMember(domain.id, 'data_consumer'));
  await makeLiveProduct({
    domainId,
    ownerId: person.id,
    name: 'orders',
    classification: 'internal',
    fields: FIELDS,
    sql: `${SQL} from range(60) t(i)`,
    moreFiles: [`${SQL} from range(60, 100) t(i)`],
  });
  await makeLiveProduct({
    domainId,
    ownerId: person.id,
    name: 'salaries',
    classification: 'restricted',
    fields: FIELDS,
    sql: `${SQL} from range(50) t(i)`,
    isEncrypted: true,
  });
});

afterAll(async () => {
  await flushUsage();
  closeServing();
  forgetSnapshots();
  await closeLake();
});

const ask = (query = '', more: Partial<RowsRequest> = {}, ctx: Ctx = consumer) =>
  openRows(ctx, {
    domain: 'sales',
    product: 'orders',
    query,
    signal: new AbortController().signal,
    ...more,
  });

interface Page {
  rows: Record<string, unknown>[];
  nextPage: string | null;
  total?: number;
  snapshot: { id: string; number: number };
}
async function page(query = '', more: Partial<RowsRequest> = {}, ctx = consumer): Promise<Page> {
  return JSON.parse(String((await ask(query, more, ctx)).body)) as Page;
}
async function bytes(body: unknown): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of body as Readable) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe('formats', () => {
  it('answers JSON with typed values', async () => {
    const { rows, snapshot } = await page('id=eq.3');
    expect(rows).toEqual([
      {
        id: 3,
        name: 'n3',
        amount: 3.75,
        ratio: 'NaN',
        ts: '2024-01-01T03:00:00',
        seen: '2024-01-01T00:03:00Z',
        day: '2024-01-04',
        flag: false,
        select: 'x3',
        'odd "name", here': '=1+3',
        tags: [1.5, 'Infinity'],
        extra: { a: 3 },
      },
    ]);
    expect(snapshot.number).toBe(1);
  });

  it('streams NDJSON that holds the same rows', async () => {
    const response = await ask('order=id', { format: 'ndjson' });
    const lines = String(await bytes(response.body))
      .trimEnd()
      .split('\n');
    const { rows } = await page('limit=1000&order=id');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    expect(response.headers['content-disposition']).toContain('sales-orders.ndjson');
  });

  it('streams CSV that DuckDB reads back, raw and made safe', async () => {
    const raw = String(await bytes((await ask('order=id', { format: 'csv' })).body));
    const lines = raw.split('\r\n');
    expect(lines[0]).toBe(
      'id,name,amount,ratio,ts,seen,day,flag,select,"odd ""name"", here",tags,extra',
    );
    expect(lines[4]).toBe(
      '3,n3,3.75,nan,2024-01-01T03:00:00,2024-01-01T00:03:00Z,2024-01-04,false,x3,=1+3,"[1.5,""Infinity""]","{""a"":3}"',
    );
    expect(lines.length).toBe(102);
    const safe = await ask(`select=id,"odd \\"name\\", here"&cells=safe&limit=1&order=id`, {
      format: 'csv',
    });
    expect(String(await bytes(safe.body))).toBe('id,"odd ""name"", here"\r\n0,\'=1+0\r\n');
  });

  it('sends Parquet whole and filtered, and leaves nothing on disk', async () => {
    for (const [query, count] of [
      ['', 100],
      ['id=gte.90&select=id,ts', 10],
    ] as const) {
      const file = path.join(env().home, `read-${count}.parquet`);
      const { writeFile } = await import('node:fs/promises');
      const response = await ask(query, { accept: 'application/vnd.apache.parquet' });
      await writeFile(file, await bytes(response.body));
      const [row] = await queryRows(`select count(*)::int as n from read_parquet('${file}')`);
      expect(row).toEqual({ n: count });
    }
    expect(await readdir(path.join(env().home, 'tmp/exports'))).toEqual([]);
  });

  it('reads encrypted snapshots in every format', async () => {
    const more = { product: 'salaries' };
    expect((await page('limit=3', more, owner)).rows.length).toBe(3);
    for (const format of ['ndjson', 'csv', 'parquet'] as const) {
      const body = await bytes((await ask('', { ...more, format }, owner)).body);
      expect(body.byteLength).toBeGreaterThan(100);
    }
  });
});

describe('the request language', () => {
  const ids = async (query: string) =>
    (await page(`${query}&limit=1000&order=id`)).rows.map((row) => row.id);

  it('filters by every operator', async () => {
    expect(await ids('id=in.(3,5,7)')).toEqual([3, 5, 7]);
    expect(await ids('id=between.(10,12)')).toEqual([10, 11, 12]);
    expect(await ids('id=gte.2&id=lt.4')).toEqual([2, 3]);
    expect(await ids('id=lte.9&id=not.lte.7')).toEqual([8, 9]);
    expect(await ids('name=is.null&id=lt.20')).toEqual([0, 7, 14]);
    expect(await ids('name=not.is.null&id=lt.2')).toEqual([1]);
    expect(await ids('flag=is.true&id=lt.4')).toEqual([0, 2]);
    expect(await ids('flag=eq.false&id=lt.4')).toEqual([1, 3]);
    expect(await ids('name=like.*3&id=lt.9')).toEqual([3, 8]);
    expect(await ids('name=ilike.N3&id=lt.9')).toEqual([3, 8]);
    expect(await ids('col.select=eq.x4')).toEqual([4]);
    expect(await ids('odd "name", here=eq.%3D1%2B6')).toEqual([6]);
    expect(await ids('ts=lt.2024-01-01T02:00:00')).toEqual([0, 1]);
    expect(await ids('seen=lte.2024-01-01T02:01:00+02:00')).toEqual([0, 1]);
    expect(await ids('day=eq.2024-01-03')).toEqual([2]);
    expect(await ids('amount=eq.2.5')).toEqual([2]);
    expect(await ids('amount=eq.2.501')).toEqual([]);
    expect(await ids('ratio=eq.NaN')).toEqual([3]);
    expect(await ids('or=(id.eq.1,"select".eq."x2",name.eq.n4)&id=lt.5')).toEqual([1, 2, 4]);
  });

  it('selects, sorts and counts', async () => {
    const { rows, total } = await page(
      'select=name,id&order=name.desc.nullsfirst,id&count=exact&limit=2',
    );
    expect(rows).toEqual([
      { name: null, id: 0 },
      { name: null, id: 7 },
    ]);
    expect(total).toBe(100);
    expect((await page('select=id&order=flag.desc,amount.desc&limit=1')).rows).toEqual([
      { id: 98 },
    ]);
  });

  it('serves every row once over all pages, under ties and nulls', async () => {
    for (const order of [
      '',
      '&order=name',
      '&order=name.desc',
      '&order=flag,name.nullsfirst',
      '&order=name.desc.nullsfirst,ratio.desc',
      '&order=seen.desc',
    ]) {
      const seen: unknown[] = [];
      let token: string | null = '';
      do {
        const more: string = token ? `&page=${token}` : '';
        const part: Page = await page(`select=id&limit=13${order}${more}`);
        seen.push(...part.rows.map((row) => row.id));
        token = part.nextPage;
      } while (token);
      expect(seen.length, order).toBe(100);
      expect(new Set(seen).size, order).toBe(100);
      const whole = await page(`select=id&limit=1000${order}`);
      expect(seen, order).toEqual(whole.rows.map((row) => row.id));
    }
  });

  it('answers 304 and HEAD without reading', async () => {
    const first = await ask('id=eq.1');
    const again = await ask('id=eq.1', { ifNoneMatch: `W/${first.headers.etag}` });
    expect(again).toMatchObject({ status: 304, body: null });
    expect((await ask('id=eq.2')).headers.etag).not.toBe(first.headers.etag);
    expect(await ask('', { isHead: true, format: 'csv' })).toMatchObject({
      status: 200,
      body: null,
    });
  });
});

describe('access', () => {
  it('refuses by policy, says which and whom to ask, and writes it down', async () => {
    const refusal = await ask('', { product: 'salaries' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'forbidden' });
    const { decisionId, howToAsk } = (refusal as { details: Record<string, unknown> }).details;
    expect(howToAsk).toMatchObject({ href: '/products/sales/salaries/access' });
    const row = await db().auditEvent.findFirst({ where: { id: String(decisionId) } });
    expect(row?.decision).toBe('deny');
    await flushUsage();
    const usage = await db().usageEvent.findFirst({ where: { decisionId: String(decisionId) } });
    expect(usage?.status).toBe(403);
  });

  it('leaves one decision and one usage event for each answer', async () => {
    await flushUsage();
    const before = await db().usageEvent.count();
    const decisions = await db().auditEvent.count({ where: { kind: 'decision' } });
    await ask('id=eq.1');
    await bytes((await ask('', { format: 'csv' })).body);
    await bytes((await ask('', { format: 'parquet' })).body);
    await ask('nope=eq.1').catch(() => undefined);
    await flushUsage();
    const events = await db().usageEvent.findMany({ orderBy: { id: 'desc' }, take: 4 });
    expect((await db().usageEvent.count()) - before).toBe(4);
    expect((await db().auditEvent.count({ where: { kind: 'decision' } })) - decisions).toBe(4);
    expect(events.map((event) => [event.format, event.status, Number(event.rowCount)])).toEqual([
      ['json', 400, 0],
      ['parquet', 200, 100],
      ['csv', 200, 100],
      ['json', 200, 1],
    ]);
    for (const event of events) {
      expect(await db().auditEvent.count({ where: { id: event.decisionId! } })).toBe(1);
    }
  });

  it('needs a person, and of a token the scope', async () => {
    const anonymous: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
    await expect(ask('', {}, anonymous)).rejects.toMatchObject({ code: 'unauthenticated' });
    const token = { ...consumer, actor: { ...consumer.actor, token: { id: 't', scopes: [] } } };
    await expect(ask('', {}, token as Ctx)).rejects.toThrow(/data:read/);
    await expect(ask('', { product: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('change and abandonment', () => {
  it('ends the scan when the client leaves', async () => {
    const { product } = await makeLiveProduct({
      domainId,
      ownerId: (await makeUser()).id,
      name: 'long',
      classification: 'internal',
      fields: [{ name: 'id', type: 'long' }],
      sql: 'select i as id from range(2000000) t(i)',
    });
    const client = new AbortController();
    const response = await ask('', { product: 'long', format: 'ndjson', signal: client.signal });
    const stream = response.body as Readable;
    await new Promise((resolve) => stream.once('readable', resolve));
    stream.read(10);
    client.abort(new Error('client left'));
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.on('error', () => undefined).destroy();
    await closed;
    const heavy = ask('order=id.desc&count=exact', {
      product: 'long',
      signal: AbortSignal.abort(new Error('gone before')),
    });
    await expect(heavy).rejects.toThrow('gone before');
    await flushUsage();
    const events = await db().usageEvent.findMany({ where: { productId: product.id } });
    expect(events.map((event) => event.status)).toEqual([499, 499]);
  });

  it('stays on the snapshot that pages began with, and says when it is gone', async () => {
    const fields: SchemaField[] = [{ name: 'id', type: 'long' }];
    const ownerId = (await makeUser()).id;
    const { product, snapshot } = await makeLiveProduct({
      ...{ domainId, ownerId, fields, name: 'moving' },
      sql: 'select i as id from range(10) t(i)',
    });
    const first = await page('limit=5', { product: 'moving' });
    const next = await addSnapshot({
      ...{ productId: product.id, fields },
      sql: 'select i + 100 as id from range(10) t(i)',
    });
    closeServing();
    const second = await page(`limit=5&page=${first.nextPage}`, { product: 'moving' });
    expect(second.rows.map((row) => row.id)).toEqual([5, 6, 7, 8, 9]);
    expect((await page('limit=1', { product: 'moving' })).snapshot.id).toBe(next.id);
    await db().snapshot.update({ where: { id: snapshot.id }, data: { status: 'removed' } });
    const gone = ask(`limit=5&page=${first.nextPage}`, { product: 'moving' });
    await expect(gone).rejects.toMatchObject({ code: 'gone' });
    await db().product.update({ where: { id: product.id }, data: { status: 'retired' } });
    closeServing();
    await expect(ask('', { product: 'moving' })).rejects.toMatchObject({ code: 'gone' });
  });

  it('asks for patience while the product is provisioned', async () => {
    const ownerId = (await makeUser()).id;
    const { makeProduct } = await import('@/lib/runtime/testing/factories');
    await makeProduct({ domainId, ownerId, name: 'coming', status: 'development' });
    await expect(ask('', { product: 'coming' })).rejects.toMatchObject({
      code: 'unavailable',
      details: { retryAfterS: 5 },
    });
  });
});

it('says gone, not broken, when a product is retired between the decision and the scan', async () => {
  const ownerId = (await makeUser()).id;
  const data = { domainId, ownerId, name: 'leaving', fields: FIELDS };
  const { product } = await makeLiveProduct({ ...data, sql: `${SQL} from range(3) t(i)` });
  // Once notifications arrive, products are kept.
  await ask('', { product: 'leaving' });
  (await listen('portolan_access', () => undefined))();
  await ask('', { product: 'leaving' });
  // As the retirement does, before its notification has come through: this process still knows the product.
  await db().product.update({ where: { id: product.id }, data: { status: 'retired' } });
  await rm(path.join(env().home, 'lake', product.id), { recursive: true });
  for (const query of ['', 'limit=2']) {
    await expect(ask(query, { product: 'leaving' })).rejects.toMatchObject({ code: 'gone' });
  }
});
