import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, publicOrigin, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  columnLineage,
  ingestLineage,
  lineageEvents,
  lineageImpact,
  openLineageJob,
  productLineage,
  removeOldLineage,
} from '..';

useTestDatabase();
const corpus = process.env.PORTOLAN_CORPUS;
const ids: Record<string, string> = {};
let owner: Ctx;
let other: Ctx;
let reader: Ctx;

beforeAll(async () => {
  const [sales, hr] = [await makeDomain({ name: 'sales' }), await makeDomain({ name: 'hr' })];
  const [boss, stranger] = [
    await makeMember(sales.id, 'data_producer'),
    await makeMember(hr.id, 'data_producer'),
  ];
  [owner, other, reader] = await Promise.all([
    ctxOf(boss),
    ctxOf(stranger),
    ctxOf(await makeUser()),
  ]);
  const fields = ['id', 'total'].map((name) => ({ name, type: 'long' }));
  const make = async (name: string, more = {}) => {
    const made = { domainId: sales.id, ownerId: boss.id, name, fields, ...more };
    ids[name] = (await makeProduct(made)).id;
  };
  for (const name of ['orders', 'daily', 'weekly']) await make(name);
  await make('people', { domainId: hr.id, ownerId: stranger.id });
  await make('unborn', { domainId: hr.id, ownerId: stranger.id, status: 'draft' });
});

const product = (address: string) => ({ namespace: publicOrigin(), name: address });
const table = (name: string) => ({ namespace: 'postgres://shop:5432', name });
let minute = 0;
const event = (job: string, more: object = {}) => {
  minute += 1;
  return {
    ...{ eventType: 'COMPLETE', run: { runId: newId() }, producer: 'https://example.org/airflow' },
    eventTime: new Date(Date.UTC(2026, 0, 31, 8, minute)).toISOString(),
    job: { namespace: 'airflow', name: job },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    ...more,
  };
};
const around = async (name: string, ctx = reader, depth = 1) => {
  const { external, nodes } = await productLineage(ctx, ids[name]!, { depth });
  const names = new Map(nodes.map((node) => [node.id, node.address]));
  for (const { id, name: own } of external.datasets) names.set(id, own);
  return external.jobs.map(({ name: own, state, reads, writes }) => {
    const of = (list: string[]) =>
      list
        .map((id) => names.get(id))
        .sort()
        .join(',');
    return `${of(reads)} > ${own} ${state} > ${of(writes)}`;
  });
};

describe('events of jobs outside the portal', () => {
  it('stand in the lineage of the product that they write, with the newest run', async () => {
    const told = event('load', {
      inputs: [table('public.orders')],
      outputs: [product('sales/orders')],
    });
    const start = { ...told, eventType: 'START', eventTime: '2026-01-31T07:00:00Z', outputs: [] };
    // The job becomes known by the first event that names a product.
    expect(await ingestLineage(owner, start)).toMatchObject({ stored: 0, ignored: 1 });
    expect(await ingestLineage(owner, [start, told])).toMatchObject({ stored: 2, ignored: 0 });
    expect(await around('orders')).toEqual(['public.orders > load COMPLETE > sales/orders']);
    const next = { ...event('load'), eventType: 'FAIL' };
    expect(await ingestLineage(owner, next)).toMatchObject({ stored: 1 });
    expect(await around('orders')).toEqual(['public.orders > load FAIL > sales/orders']);
    const { external } = await productLineage(reader, ids.orders!);
    expect(external.jobs[0]?.at).toBe(next.eventTime);
    const audited = await db().auditEvent.findFirst({ where: { action: 'lineage.ingest' } });
    expect(audited?.productId).toBe(ids.orders);
  });

  it('change nothing when they come again, in one request or in several', async () => {
    const told = event('again', { outputs: [product('sales/daily')] });
    expect(await ingestLineage(owner, [told, told])).toMatchObject({ stored: 1, duplicates: 1 });
    expect(await ingestLineage(owner, told)).toMatchObject({ stored: 0, duplicates: 1 });
    const all = await Promise.all(
      Array.from({ length: 6 }, () =>
        ingestLineage(owner, [
          { ...told, eventType: 'OTHER' },
          event('again-too', { outputs: [product('sales/daily')] }),
        ]),
      ),
    );
    expect(all.map(({ stored }) => stored).sort()).toEqual([1, 1, 1, 1, 1, 2]);
  });

  it('are for who operates what the job writes, or reads when it writes no product', async () => {
    const writes = event('theft', { outputs: [product('sales/orders')] });
    await expect(ingestLineage(other, writes)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ingestLineage(reader, writes)).rejects.toMatchObject({ code: 'forbidden' });
    // A known job cannot be taken over by somebody who names a product of their own.
    const takeover = event('load', { outputs: [product('hr/people')] });
    await expect(ingestLineage(other, takeover)).rejects.toMatchObject({ code: 'forbidden' });
    const report = event('report', {
      inputs: [product('sales/weekly')],
      outputs: [table('bi.report')],
    });
    await expect(ingestLineage(other, report)).rejects.toMatchObject({ code: 'forbidden' });
    await ingestLineage(owner, report);
    expect(await around('weekly')).toEqual(['sales/weekly > report COMPLETE > bi.report']);
    const both = event('merge', {
      inputs: [product('sales/weekly')],
      outputs: [product('hr/people')],
    });
    await ingestLineage(other, both);
    expect(await around('people')).toEqual([' > merge COMPLETE > hr/people']);
    const scoped = await ctxOf(
      { id: (owner.actor as { id: string }).id },
      { id: newId(), scopes: ['catalog:read'] },
    );
    await expect(ingestLineage(scoped, writes)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await db().externalJob.count({ where: { name: 'theft' } })).toBe(0);
  });

  it('are refused whole when one names a product that is not there, or hidden', async () => {
    for (const address of ['sales/nothing', 'hr/unborn', 'none', 'a/b/c']) {
      const told = [
        event('x', { outputs: [product('sales/orders')] }),
        event('y', { outputs: [product(address)] }),
      ];
      const refusal = ingestLineage(owner, told);
      await expect(refusal).rejects.toMatchObject({
        code: 'unprocessable',
        details: { unknown: [address] },
      });
    }
    expect(await db().externalJob.count({ where: { name: 'x' } })).toBe(0);
  });

  it('go as far as is asked for, and only to their side', async () => {
    const inputs = [product('sales/orders')];
    await ingestLineage(owner, event('sum', { inputs, outputs: [product('sales/daily')] }));
    expect(await around('orders')).toContain('sales/orders > sum COMPLETE > ');
    const { external } = await productLineage(reader, ids.orders!, { direction: 'upstream' });
    expect(external.jobs.map(({ name }) => name)).toEqual(['load']);
  });

  it('tell columns, across the border of the portal', async () => {
    const columnLineage = {
      ...{ _producer: 'x', _schemaURL: 'y' },
      fields: { total: { inputFields: [{ ...table('public.orders'), field: 'price' }] } },
    };
    const outputs = [{ ...product('sales/orders'), facets: { columnLineage } }];
    await ingestLineage(owner, event('load', { inputs: [table('public.orders')], outputs }));
    const { external } = await columnLineage_('orders', 'total');
    expect(external).toMatchObject([
      {
        from: { productId: null, name: 'public.orders', column: 'price' },
        to: { productId: ids.orders, column: 'total' },
        ...{ how: 'transformation', job: { name: 'load' } },
      },
    ]);
    expect((await columnLineage_('orders', 'id')).external).toEqual([]);
  });

  it('are among those who are hit when a product or a column goes', async () => {
    const inputs = [product('sales/orders')];
    const fields = { x: { inputFields: [{ ...product('sales/orders'), field: 'total' }] } };
    const facets = { columnLineage: { _producer: 'x', _schemaURL: 'y', fields } };
    await ingestLineage(
      owner,
      event('export', { inputs, outputs: [{ ...table('bi.totals'), facets }] }),
    );
    const hit = async (column?: string) => {
      const { jobs } = await lineageImpact(reader, ids.orders!, column ? { column } : {});
      return jobs.map(({ name, effect }) => `${name} ${effect}`).sort();
    };
    expect(await hit()).toEqual(['export breaks', 'sum breaks']);
    expect(await hit('Total')).toEqual(['export breaks', 'sum unknown']);
    expect(await hit('id')).toEqual(['sum unknown']);
  });

  it('are kept for a while, with their facets for who operates the product', async () => {
    const facets = { errorMessage: { _producer: 'x', _schemaURL: 'y', message: 'broken' } };
    const told = event('load', { eventType: 'FAIL', run: { runId: newId(), facets } });
    await ingestLineage(owner, told);
    const { events } = await lineageEvents(owner, ids.orders!);
    expect(events[0]).toMatchObject({ type: 'FAIL', body: told });
    expect((await lineageEvents(reader, ids.orders!)).events[0]).toMatchObject({
      type: 'FAIL',
      body: null,
    });
    setClock(() => Date.now() + 31 * 86_400_000);
    await removeOldLineage();
    expect((await lineageEvents(owner, ids.orders!)).events).toEqual([]);
    expect(await around('orders')).toContain('public.orders > load FAIL > sales/orders');
    setClock(() => Date.now() + 91 * 86_400_000);
    await removeOldLineage();
    expect(await around('orders')).toEqual([]);
    expect(await db().externalLink.count()).toBe(0);
    setClock(undefined);
  });

  it('come back as the portal gave them: its own export is taken and adds nothing to see', async () => {
    await db().productInput.create({
      data: { productId: ids.daily!, sourceId: ids.orders!, alias: 'orders' },
    });
    await db().lineageDerivation.create({
      data: {
        ...{ productId: ids.daily!, version: '1.0.0', source: 'product' },
        columns: {
          create: [
            {
              ordinal: 0,
              field: 'total',
              sourceId: ids.orders!,
              sourceColumn: 'total',
              how: 'aggregation',
            },
            { ordinal: 1, field: '', sourceId: ids.orders!, sourceColumn: 'id', how: 'group_by' },
          ],
        },
      },
    });
    const given = await openLineageJob(owner, ids.daily!);
    expect(await ingestLineage(owner, given)).toMatchObject({
      stored: 1,
      events: [{ warnings: [] }],
    });
    const kept = await db().externalColumn.findMany({ orderBy: { ordinal: 'asc' } });
    expect(
      kept.map(({ field, sourceId, sourceColumn, how }) => [field, sourceId, sourceColumn, how]),
    ).toEqual([
      ['total', ids.orders, 'total', 'aggregation'],
      ['', ids.orders, 'id', 'group_by'],
    ]);
    expect(await around('daily')).toEqual([]);
    // Another portal's export is of another namespace.
    const foreign = JSON.parse(
      JSON.stringify(given).replaceAll(publicOrigin(), 'https://other.example'),
    );
    expect(await ingestLineage(owner, foreign)).toMatchObject({ stored: 0, ignored: 1 });
  });

  it('may be large: thousands of columns in a few statements', async () => {
    const source = table('wide');
    const fields = Object.fromEntries(
      Array.from({ length: 4000 }, (_, at) => [
        `c${at}`,
        { inputFields: [{ ...source, field: `c${at}` }] },
      ]),
    );
    const facets = { columnLineage: { _producer: 'x', _schemaURL: 'y', fields } };
    const outputs = [{ ...product('sales/weekly'), facets }];
    await ingestLineage(owner, event('wide', { inputs: [source], outputs }));
    expect(await db().externalColumn.count({ where: { job: { name: 'wide' } } })).toBe(4000);
  });
});

const columnLineage_ = (name: string, column: string) =>
  columnLineage(reader, ids[name]!, { column });

const spark = corpus && path.join(corpus, 'openlineage/compatibility-tests/consumer/scenarios');
if (spark && existsSync(spark)) {
  it('of other producers are stored, run by run, once they name a product', async () => {
    const files = readdirSync(spark, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.json'),
    );
    const told = files.map((file) => {
      const one = JSON.parse(readFileSync(path.join(spark, file), 'utf8'));
      return { ...one, outputs: [...(one.outputs ?? []), product('sales/weekly')] };
    });
    expect(told.length).toBeGreaterThan(25);
    const { stored, duplicates, ignored } = await ingestLineage(owner, told);
    expect(stored + duplicates).toBe(told.length);
    expect(ignored).toBe(0);
    expect(await ingestLineage(owner, told)).toMatchObject({ stored: 0, duplicates: told.length });
    expect(await db().externalColumn.count({ where: { sourceColumn: 'word' } })).toBeGreaterThan(0);
  });
}
