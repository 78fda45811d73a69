import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { listProducts } from './product-list';

useTestDatabase();
let ctx: Ctx;
const names = async (raw: Parameters<typeof listProducts>[1], who = ctx) =>
  (await listProducts(who, raw)).products.map((product) => product.name);

beforeAll(async () => {
  const sales = await makeDomain({ name: 'sales', title: 'Sales' });
  const hr = await makeDomain({ name: 'hr', title: 'HR' });
  const me = await makeMember(sales.id, 'data_producer');
  const other = await makeUser();
  ctx = await ctxOf(me);
  const mine = { domainId: hr.id, ownerId: me.id };
  const flights = await makeProduct({ ...mine, name: 'flights' });
  const undone = await makeProduct({ ...mine, name: 'undone', status: 'draft' });
  await makeProduct({ ...mine, name: 'gone', title: 'A gone one', status: 'retired' });
  await makeProduct({ domainId: sales.id, ownerId: other.id, name: 'orders' });
  await makeProduct({ domainId: sales.id, ownerId: other.id, name: 'hidden', status: 'draft' });
  await makeProduct({ domainId: hr.id, ownerId: other.id, name: 'people' });
  await history(flights.id);
  await db().productDraft.create({
    data: { id: 'draft-1', authorId: me.id, productId: undone.id },
  });
});

async function history(productId: string): Promise<void> {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute));
  const environment = 'production';
  const snapshot = await db().snapshot.create({
    data: {
      ...{ id: newId(), productId, environment, number: 1, status: 'ready' },
      ...{ rowCount: 3_000_000_000n, createdAt: at(2) },
    },
  });
  await db().productEnvironment.create({
    data: { productId, environment, status: 'live', snapshotId: snapshot.id },
  });
  await db().provisioningRun.create({
    data: { id: 'run-1', productId, kind: 'provision', status: 'succeeded', createdAt: at(0) },
  });
  const load = { productId, environment, status: 'failed' };
  await db().pipelineRun.create({
    data: { ...load, id: 'load-1', trigger: 'schedule', createdAt: at(5), finishedAt: at(6) },
  });
  await db().pipelineRun.create({
    data: { ...load, id: 'load-2', trigger: 'provision', createdAt: at(7) },
  });
  for (const [minute, completeness] of [
    [1, 10],
    [3, 90],
  ] as const) {
    await db().qualityRun.create({
      data: {
        ...{ id: newId(), productId, snapshotId: snapshot.id },
        ...{ scores: { completeness, accuracy: 100 }, startedAt: at(minute), finishedAt: at(4) },
      },
    });
  }
}

describe('listProducts', () => {
  it('lists what I own, or what is in my domains, retired ones last', async () => {
    expect(await names({ scope: 'mine' })).toEqual(['flights', 'undone', 'gone']);
    expect(await names({ scope: 'domains' })).toEqual(['orders']);
  });

  it('shows environment, newest run, refresh, quality and rows', async () => {
    const [flights, undone] = (await listProducts(ctx, {})).products;
    expect(flights).toMatchObject({
      ...{ domain: 'hr', domainTitle: 'HR', status: 'production', draftId: null },
      ...{ environment: 'production', environmentStatus: 'live', rowCount: 3_000_000_000 },
      ...{ refreshedAt: '2026-01-01T10:02:00.000Z', qualityScore: 95 },
      run: { id: 'load-1', kind: 'load', status: 'failed', at: '2026-01-01T10:06:00.000Z' },
    });
    expect(undone).toMatchObject({
      ...{ draftId: 'draft-1', run: null, rowCount: null, qualityScore: null, refreshedAt: null },
    });
  });

  it('counts every tab and pages without gaps', async () => {
    const first = await listProducts(ctx, { limit: 2 });
    expect(first.counts).toEqual({ mine: 3, domains: 1, drafts: 1 });
    expect(first.nextAfter).toBe(2);
    expect(await names({ limit: 2, after: 2 })).toEqual(['gone']);
    const beyond = await listProducts(ctx, { after: 99 });
    expect(beyond).toMatchObject({ products: [], nextAfter: null, counts: { mine: 3 } });
  });

  it('is for people who are signed in', async () => {
    const anonymous: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
    await expect(listProducts(anonymous, {})).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(listProducts(systemCtx('t'), {})).rejects.toMatchObject({ code: 'forbidden' });
    expect(await names({}, await ctxOf(await makeUser()))).toEqual([]);
  });
});
