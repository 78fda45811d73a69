import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, listen, newId, notify, transact } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { domainMap, domainUses } from '.';

useTestDatabase();
const ids: Record<string, string> = {};
const HIDES = `forbid (principal is User, action == Action::"discover", resource)
  when { resource.classification == "restricted" } unless { principal.isSteward };`;
let reader: Ctx;
let steward: Ctx;

beforeAll(async () => {
  const domains = new Map<string, string>();
  for (const name of ['sales', 'hr', 'finance', 'empty']) {
    domains.set(name, (await makeDomain({ name, title: name.toUpperCase() })).id);
  }
  const of = (name: string) => domains.get(name)!;
  const boss = await makeMember(of('sales'), 'data_admin');
  const make = async (domain: string, name: string, more = {}) => {
    const made = { domainId: of(domain), ownerId: boss.id, name, ...more };
    ids[name] = (await makeProduct(made)).id;
  };
  await make('sales', 'orders');
  await make('sales', 'secret', { classification: 'restricted' });
  await make('sales', 'old', { status: 'retired' });
  await make('finance', 'ledger');
  await make('finance', 'hidden-sum', { classification: 'restricted' });
  await make('hr', 'people');
  const reads = [
    ['ledger', 'orders'],
    ['hidden-sum', 'orders'],
    ['ledger', 'secret'],
  ];
  await db().productInput.createMany({
    data: reads.map(([product, source]) => ({
      ...{ productId: ids[product!]!, sourceId: ids[source!]!, alias: newId() },
    })),
  });
  // Of two domains, of one of them that of the product, and of none.
  const [both, own] = [
    await makeMember(of('finance'), 'data_consumer'),
    await makeMember(of('finance'), 'data_consumer'),
  ];
  const nobody = await makeUser();
  await db().membership.createMany({
    data: [
      { domainId: of('hr'), userId: both.id, role: 'data_consumer' },
      { domainId: of('sales'), userId: own.id, role: 'data_consumer' },
    ],
  });
  const read = (actorId: string, name: string, at = new Date(), status = 200) => ({
    ...{ id: newId(), at, productId: ids[name]!, actorId, shape: 'rows', format: 'json', status },
    ...{ rowCount: 1n, sizeBytes: 1n, latencyMs: 1 },
  });
  const longAgo = new Date(Date.now() - 31 * 86_400_000);
  await db().usageEvent.createMany({
    data: [
      ...[read(both.id, 'orders'), read(both.id, 'orders'), read(both.id, 'secret')],
      ...[read(both.id, 'orders', longAgo), read(both.id, 'orders', new Date(), 403)],
      ...[read(own.id, 'orders'), read(nobody.id, 'orders')],
    ],
  });
  const grant = (data: object) => ({
    ...{
      id: newId(),
      productId: ids.orders!,
      subjectId: boss.id,
      purpose: 'x',
      grantedById: boss.id,
    },
    ...data,
  });
  await db().grant.createMany({
    data: [
      ...[
        grant({ teamId: of('hr') }),
        grant({ readerId: ids.ledger }),
        grant({ subjectId: own.id }),
      ],
      ...[grant({ teamId: of('finance'), revokedAt: new Date() })],
      grant({ teamId: of('finance'), expiresAt: longAgo }),
    ],
  });
  reader = await ctxOf(nobody);
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  await discoverable(reader);
  const heard = Promise.withResolvers<void>();
  const stop = await listen('portolan_policy', () => heard.resolve());
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
    spec: { cedar_policies: [{ id: 'hide', policy: HIDES }] },
  };
  await transact(async (tx) => {
    const row = { version: 1, stage: 'enforced', yaml: '', reason: 'test' };
    await tx.policyDocument.create({ data: { id: newId(), name: 'hide', ...row, document } });
    await notify(tx, 'portolan_policy', 'hide');
  });
  await heard.promise;
  stop();
});

const edges = async (ctx: Ctx) =>
  (await domainMap(ctx)).edges.map(
    ({ from, to, built, grants, reads, people }) =>
      `${from} > ${to}: ${built} built, ${grants} grants, ${reads} reads by ${people}`,
  );

describe('the map of the domains', () => {
  it('counts products, those that are hidden from the asker left out', async () => {
    const counts = async (ctx: Ctx) =>
      (await domainMap(ctx)).domains.map(({ name, products }) => `${name} ${products}`);
    expect(await counts(steward)).toEqual(['finance 2', 'sales 2', 'hr 1', 'empty 0']);
    expect(await counts(reader)).toEqual(['finance 1', 'hr 1', 'sales 1', 'empty 0']);
  });

  it('joins domains by products, grants in force and reads of thirty days across their border', async () => {
    expect(await edges(steward)).toEqual([
      'sales > finance: 2 built, 1 grants, 3 reads by 1',
      'sales > hr: 0 built, 1 grants, 3 reads by 1',
    ]);
    expect(await edges(reader)).toEqual([
      'sales > finance: 1 built, 1 grants, 2 reads by 1',
      'sales > hr: 0 built, 1 grants, 2 reads by 1',
    ]);
  });

  it('tells the products behind an edge', async () => {
    const { products, nextAfter, to } = await domainUses(steward, { from: 'sales', to: 'finance' });
    expect(to).toEqual({ name: 'finance', title: 'FINANCE' });
    expect(nextAfter).toBeNull();
    expect(products).toEqual([
      {
        ...{ address: 'sales/orders', title: 'orders', status: 'production' },
        ...{
          built: 2,
          grants: 1,
          reads: 2,
          people: 1,
          makes: ['finance/hidden-sum', 'finance/ledger'],
        },
      },
      {
        ...{ address: 'sales/secret', title: 'secret', status: 'production' },
        ...{ built: 1, grants: 0, reads: 1, people: 1, makes: ['finance/ledger'] },
      },
    ]);
    const seen = await domainUses(reader, { from: 'sales', to: 'finance' });
    expect(seen.products.map(({ address, makes }) => [address, makes])).toEqual([
      ['sales/orders', ['finance/ledger']],
    ]);
    expect((await domainUses(reader, { from: 'hr', to: 'sales' })).products).toEqual([]);
    const nothing = domainUses(reader, { from: 'sales', to: 'nothing' });
    await expect(nothing).rejects.toMatchObject({ code: 'not_found' });
  });

  it('counts what jobs outside the portal make of products', async () => {
    const job = { id: 'job', namespace: 'airflow', name: 'x', heardAt: new Date() };
    const link = (ordinal: number, name: string, isOutput: boolean) => ({
      ...{ jobId: 'job', ordinal, isOutput, productId: ids[name]!, namespace: 'x', name },
    });
    await db().externalJob.create({ data: job });
    await db().externalLink.createMany({
      data: [link(0, 'people', false), link(1, 'orders', true)],
    });
    expect(await edges(reader)).toContain('hr > sales: 1 built, 0 grants, 0 reads by 0');
  });

  it('gives at most 200 domains, those with the most products, and says how many there are more', async () => {
    const data = Array.from({ length: 210 }, (_, n) => ({
      id: newId(),
      name: `d-${n}`,
      title: 'D',
    }));
    await db().domain.createMany({ data });
    const { domains, moreDomains } = await domainMap(reader);
    expect([domains.length, moreDomains]).toEqual([200, 14]);
    expect(domains.slice(0, 3).every(({ products }) => products === 1)).toBe(true);
  });
});
