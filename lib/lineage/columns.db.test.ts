import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, newId } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { columnLineage, deriveDueLineage, lineageImpact, meshLineage, openLineageJob } from '.';

const corpus = process.env.PORTOLAN_CORPUS;
useTestDatabase();
const ids: Record<string, string> = {};
let domain: { id: string };
let owner: Ctx;
let reader: Ctx;

const field = (name: string, type = 'integer') => ({ name, type });

/** A product that a statement over others makes, as its pipeline says it. */
async function made(
  name: string,
  fields: string[],
  extract: { sql: string; inputs: string[] } | { upload: true } | { product: string },
  steps: object[] = [],
) {
  const ownerId = (owner.actor as { id: string }).id;
  const columns = fields.map((one) => field(one));
  const product = await makeProduct({ domainId: domain.id, ownerId, name, fields: columns });
  ids[name] = product.id;
  const sources =
    'sql' in extract
      ? extract.inputs.map((alias) => ({ alias, sourceId: ids[alias]! }))
      : 'product' in extract
        ? [{ alias: 'source', sourceId: ids[extract.product]! }]
        : [];
  const label = 'of a test';
  await db().productInput.createMany({
    data: sources.map((one) => ({ productId: product.id, ...one })),
  });
  const from =
    'sql' in extract
      ? {
          ...{ kind: 'sql', sql: extract.sql, label },
          inputs: sources.map(({ alias, sourceId }) => ({
            ...{ alias, productId: sourceId, product: `test/${alias}` },
          })),
        }
      : 'product' in extract
        ? { kind: 'product', productId: ids[extract.product]!, label }
        : { kind: 'upload', uploadId: newId(), label };
  const transform = { columns: fields.map((one) => ({ source: one, field: one })), steps };
  await db().pipeline.create({
    data: {
      productId: product.id,
      spec: {
        ...{ type: 'etl', extract: from, transform },
        load: { mode: 'replace' },
        schedule: 'manual',
      },
    },
  });
}

const edgesOf = async (name: string) => {
  const rows = await db().columnLineage.findMany({ where: { productId: ids[name]! } });
  const names = new Map(Object.entries(ids).map(([one, id]) => [id, one]));
  return rows
    .map(
      (row) =>
        `${row.field}: ${row.how} ${names.get(row.sourceId ?? '') ?? 'file'}.${row.sourceColumn}`,
    )
    .sort();
};

beforeAll(async () => {
  domain = await makeDomain({ name: 'flow' });
  owner = await ctxOf(await makeMember(domain.id, 'data_admin'));
  reader = await ctxOf(await makeUser());
  await made('orders', ['id', 'amount', 'city', 'note'], { upload: true });
  await made('copy', ['id', 'amount'], { product: 'orders' }, [
    { id: 's', column: 'amount', expression: '0', when: 'amount is null or id = 1', note: '' },
  ]);
  await made('by_city', ['city', 'total'], {
    sql: 'select city, sum(amount) as total from orders where id > 0 group by city;',
    inputs: ['orders'],
  });
  await made('top', ['city', 'total'], {
    sql: 'select * from by_city order by total desc limit 3',
    inputs: ['by_city'],
  });
  await made('odd', ['amount'], {
    sql: "select columns('am.*') from orders",
    inputs: ['orders'],
  });
  await deriveDueLineage();
});

describe('column lineage', () => {
  it('is derived from statements, copies, files and mended columns', async () => {
    expect(await edgesOf('orders')).toContain('amount: identity file.amount');
    expect(await edgesOf('copy')).toEqual([
      'amount: conditional orders.amount',
      'amount: conditional orders.id',
      'amount: transformation orders.amount',
      'id: identity orders.id',
    ]);
    expect(await edgesOf('by_city')).toEqual([
      ': filter orders.id',
      ': group_by orders.city',
      'city: identity orders.city',
      'total: aggregation orders.amount',
    ]);
    expect(await db().lineageDue.count()).toBe(0);
  });

  it('knows no column that the contract has not', async () => {
    const asked = columnLineage(reader, ids.orders!, { column: 'nothing' });
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes out as an OpenLineage job with its facets', async () => {
    const { job, inputs, outputs } = await openLineageJob(reader, ids.by_city!);
    expect(job.name).toBe('flow/by_city');
    expect(inputs.map(({ name }) => name)).toEqual(['flow/orders']);
    const of = (field: string, type: string, subtype: string) => ({
      ...{ name: 'flow/orders', namespace: job.namespace, field },
      transformations: [{ type, subtype, description: '', masking: false }],
    });
    expect(outputs[0]?.facets.columnLineage).toMatchObject({
      fields: {
        city: { inputFields: [of('city', 'DIRECT', 'IDENTITY')] },
        total: { inputFields: [of('amount', 'DIRECT', 'AGGREGATION')] },
      },
      dataset: expect.arrayContaining([
        of('id', 'INDIRECT', 'FILTER'),
        of('city', 'INDIRECT', 'GROUP_BY'),
      ]),
    });
  });

  it.skipIf(!corpus)("fits OpenLineage's own schemas", async () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const read = (file: string) =>
      JSON.parse(readFileSync(path.join(corpus!, 'schemas/openlineage', file), 'utf8'));
    const event = read('OpenLineage.json');
    ajv.addSchema(event);
    for (const name of ['ColumnLineage', 'Schema']) {
      ajv.addSchema(read(`facets/${name}DatasetFacet.json`));
    }
    const job = await openLineageJob(reader, ids.by_city!);
    const facets = job.outputs[0]!.facets as Record<string, { _schemaURL: string }>;
    for (const { _schemaURL } of Object.values(facets)) {
      expect(ajv.getSchema(_schemaURL), _schemaURL).toBeDefined();
    }
    const fits = (schema: string, value: unknown) => {
      const check = ajv.getSchema(schema)!;
      check(value);
      expect(check.errors ?? []).toEqual([]);
    };
    fits(`${event.$id}#/$defs/JobEvent`, job);
    fits(facets.columnLineage!._schemaURL, facets.columnLineage);
    fits(facets.schema!._schemaURL, facets.schema);
  });

  it('says what could not be traced', async () => {
    const { gaps, isDerived } = await columnLineage(reader, ids.odd!, { column: 'amount' });
    expect(isDerived).toBe(true);
    expect(gaps).toEqual([
      {
        productId: ids.odd,
        field: 'amount',
        reason: 'Columns chosen by a pattern could not be traced.',
      },
    ]);
  });

  it('follows values both ways, and tells conditions without following them', async () => {
    const { edges } = await columnLineage(reader, ids.by_city!, { column: 'TOTAL' });
    const names = new Map(Object.entries(ids).map(([one, id]) => [id, one]));
    expect(
      edges.map(
        (one) =>
          `${names.get(one.sourceId ?? '') ?? 'file'}.${one.sourceColumn} ${one.how} ${names.get(one.productId)}.${one.field}`,
      ),
    ).toEqual(
      expect.arrayContaining([
        'orders.amount aggregation by_city.total',
        'orders.id filter by_city.',
        'by_city.total identity top.total',
        'by_city.total sort top.',
        'file.amount identity orders.amount',
      ]),
    );
    expect(edges.some(({ sourceColumn }) => sourceColumn === 'note')).toBe(false);
    expect(edges.some(({ field: name, sourceId }) => sourceId === null && name === 'id')).toBe(
      false,
    );
  });

  it('is derived anew for a product and its readers when a contract or a statement changes', async () => {
    const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: ids.orders! } });
    const changed = JSON.parse(JSON.stringify(descriptor));
    changed.spec.schema = changed.spec.schema.filter(
      (one: { name: string }) => one.name !== 'city',
    );
    await db().product.update({ where: { id: ids.orders! }, data: { descriptor: changed } });
    const due = await db().lineageDue.findMany({ select: { productId: true } });
    expect(new Set(due.map(({ productId }) => productId))).toEqual(
      new Set([ids.orders, ids.copy, ids.by_city, ids.odd]),
    );
    await deriveDueLineage();
    const { gaps } = await columnLineage(reader, ids.by_city!, { column: 'total' });
    expect(gaps[0]?.reason).toMatch(/does not fit its sources.*city/s);
    expect(await edgesOf('by_city')).toEqual([]);
    await db().product.update({
      where: { id: ids.orders! },
      data: { descriptor: descriptor as object },
    });
    await deriveDueLineage();
    expect(await edgesOf('by_city')).toHaveLength(4);
  });

  it('leaves what another worker has claimed alone until its claim has run out', async () => {
    const mine = { productId: ids.top!, claimedAt: new Date() };
    const { id } = await db().lineageDue.create({ data: mine });
    expect(await deriveDueLineage()).toBe(0);
    await db().lineageDue.update({ where: { id }, data: { claimedAt: new Date(0) } });
    expect(await deriveDueLineage()).toBe(1);
  });
});

describe('who is hit', () => {
  it('by a column: statements that name it, those that may, and what is made of them', async () => {
    const { products, moreProducts } = await lineageImpact(reader, ids.orders!, { column: 'city' });
    expect(products.map(({ address, effect, level }) => [address, effect, level])).toEqual([
      ['flow/by_city', 'breaks', 1],
      ['flow/odd', 'unknown', 1],
      ['flow/top', 'stale', 2],
    ]);
    expect(products[0]?.columns).toEqual(['city']);
    expect(moreProducts).toBe(0);
  });

  it('by the whole product: every reader', async () => {
    const { products } = await lineageImpact(reader, ids.orders!);
    expect(products.map(({ effect }) => effect)).toEqual(['breaks', 'breaks', 'breaks', 'stale']);
  });

  it('people by grants and reads, named to who manages grants alone', async () => {
    const [granted, reads, other] = [await makeUser(), await makeUser(), await makeUser()];
    const by = (owner.actor as { id: string }).id;
    await db().grant.create({
      data: {
        ...{ id: newId(), productId: ids.orders!, subjectId: granted.id },
        ...{ purpose: 'test', grantedById: by },
      },
    });
    const usage = (actorId: string, columns: string[]) => ({
      ...{ id: newId(), at: new Date(), productId: ids.orders!, actorId, columns },
      ...{ shape: 'rows', format: 'json', status: 200, rowCount: 1n, sizeBytes: 1n, latencyMs: 1 },
    });
    await db().usageEvent.createMany({
      data: [usage(reads.id, ['city']), usage(other.id, ['note'])],
    });
    const seen = await lineageImpact(owner, ids.orders!, { column: 'city' });
    expect(seen.people).toEqual([
      { id: reads.id, name: reads.name, hasGrant: false, reads: 1 },
      { id: granted.id, name: granted.name, hasGrant: true, reads: 0 },
    ]);
    const counted = await lineageImpact(reader, ids.orders!, { column: 'city' });
    expect(counted).toMatchObject({ people: null, peopleCount: 2 });
  });
});

describe('the lineage of the mesh', () => {
  it('has every product that reads another or is read, and who reads whom', async () => {
    const { domains, nodes, edges, more, alone } = await meshLineage(reader);
    const names = nodes.map(({ name }) => name);
    expect(domains.map(({ name }) => name)).toEqual(['flow']);
    expect([...names].sort()).toEqual(['by_city', 'copy', 'odd', 'orders', 'top']);
    expect(edges.map(([from, to]) => `${names[from]} ${names[to]}`).sort()).toEqual([
      'by_city top',
      'orders by_city',
      'orders copy',
      'orders odd',
    ]);
    expect({ more, alone }).toEqual({ more: 0, alone: 0 });
  });

  it('says how many more there are, and those of one domain alone', async () => {
    expect(await meshLineage(reader, { limit: 2 })).toMatchObject({ more: 3 });
    expect((await meshLineage(reader, { domain: 'nowhere' })).nodes).toEqual([]);
    await expect(meshLineage(reader, { limit: 0 })).rejects.toThrow();
  });
});
