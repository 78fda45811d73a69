import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, setClock } from '@/lib/core';
import { readSnapshot } from '@/lib/platform';
import type { Durable } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import {
  enforceRetention,
  fireRetention,
  getRetention,
  listRetention,
  placeHold,
  runRetention,
  setRetentionColumn,
  sweepRetention,
  verifyReceipt,
} from '..';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const YEAR = 366 * 86_400_000;
const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const nothing = async () => undefined;
const FIELDS = [
  { name: 'id', type: 'integer' as const },
  { name: 'at', type: 'timestamp' as const },
];
/** Two rows from ten years ago, one of today, one without a time. */
const SQL = `select unnest([1, 2, 3, 4])::int as id,
  unnest([now()::timestamp - interval 10 year, now()::timestamp - interval 9 year, now()::timestamp, null]) as at`;

async function live(sql = SQL) {
  const domain = await makeDomain();
  const owner = await makeMember(domain.id, 'data_producer');
  const { product, snapshot } = await makeLiveProduct({
    domainId: domain.id,
    ownerId: owner.id,
    fields: FIELDS,
    sql,
    isEncrypted: true,
  });
  return { ctx: await ctxOf(owner), domain, product, snapshot, productId: product.id };
}
async function idsOf(productId: string): Promise<number[]> {
  const served = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
  const rows = await readSnapshot(served.snapshotId!, (rel) => `select id from ${rel} order by 1`);
  return rows.map((row) => Number(row.id));
}
async function queued(productId: string): Promise<string> {
  return (await db().retentionRun.findFirstOrThrow({ where: { productId, status: 'queued' } })).id;
}

describe('retention', () => {
  it('deletes rows that are too old by the column that was chosen, and proves it', async () => {
    const { ctx, domain, product, productId, snapshot } = await live();
    expect((await getRetention(ctx, domain.name, product.name)).plan).toMatchObject({
      mode: 'snapshots',
      retention: '5_years',
      policy: 'global-data-governance/v1',
      rowsToDelete: 0,
      timeColumns: ['at'],
    });
    await expect(setRetentionColumn(ctx, { productId, column: 'id' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await setRetentionColumn(ctx, { productId, column: 'at' });
    const { plan } = await getRetention(ctx, domain.name, product.name);
    expect(plan).toMatchObject({ mode: 'rows', column: 'at', rowsServed: 4, rowsToDelete: 2 });
    await expect(runRetention(ctx, { productId, rows: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
    const { runId } = await runRetention(ctx, { productId, rows: 2 });
    await expect(runRetention(ctx, { productId, rows: 2 })).rejects.toMatchObject({
      code: 'conflict',
    });
    await enforceRetention(inline, nothing, runId);
    expect(await idsOf(productId)).toEqual([3, 4]);
    const after = await getRetention(ctx, domain.name, product.name);
    expect(after.plan?.rowsToDelete).toBe(0);
    expect(after.runs[0]).toMatchObject({ status: 'succeeded', rowsBefore: 4, rowsDeleted: 2 });
    const { claims } = await verifyReceipt(ctx, { receipt: after.runs[0]!.receipt! });
    const files = await db().snapshotFile.count({ where: { snapshotId: snapshot.id } });
    expect(files).toBe(0);
    expect(claims).toMatchObject({
      product: `${domain.name}/${product.name}`,
      policy: 'global-data-governance/v1',
      rowsDeleted: 2,
      destroyed: [{ isKeyDestroyed: true }],
      written: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    const told = { kind: 'retention.enforced', dedupeKey: `retention.enforced:${runId}` };
    expect(await db().notification.count({ where: told })).toBe(1);
    await expect(runRetention(ctx, { productId, rows: 0 })).rejects.toMatchObject({
      code: 'precondition',
    });
  });

  it('without a column goes by the day of the load', async () => {
    const { productId } = await live();
    const second = await addSnapshot({ productId, fields: FIELDS, sql: SQL });
    await db().snapshot.updateMany({
      where: { productId, id: { not: second.id } },
      data: { createdAt: new Date(Date.now() - 6 * YEAR) },
    });
    await sweepRetention();
    await enforceRetention(inline, nothing, await queued(productId));
    const left = await db().snapshot.findMany({ where: { productId, status: 'ready' } });
    expect(left.map((one) => one.id)).toEqual([second.id]);
    expect(await idsOf(productId)).toHaveLength(4);
    await db().snapshot.updateMany({
      where: { productId },
      data: { createdAt: new Date(Date.now() - 6 * YEAR) },
    });
    await sweepRetention();
    await enforceRetention(inline, nothing, await queued(productId));
    expect(await idsOf(productId)).toEqual([]);
    expect(await db().retentionRun.count({ where: { productId } })).toBe(2);
    await sweepRetention();
    expect(await db().retentionRun.count({ where: { productId } })).toBe(2);
  });

  it('goes on to the same end from every instant at which it is cut', async () => {
    const { ctx, productId } = await live();
    await setRetentionColumn(ctx, { productId, column: 'at' });
    const { runId } = await runRetention(ctx, { productId, rows: 2 });
    const cut: Durable = {
      step: (name, work) => (name === 'fail' ? new Promise(() => {}) : work()),
      sleep: nothing,
    };
    for (const instant of ['planned', 'reserved', 'written', 'swapped', 'deleted']) {
      await new Promise<void>((resolve) => {
        const stop = async (name: string) => {
          if (name !== instant) return;
          resolve();
          throw new Error('cut');
        };
        void enforceRetention(cut, stop, runId);
      });
      expect([2, 4]).toContain((await idsOf(productId)).length);
    }
    await enforceRetention(inline, nothing, runId);
    expect(await idsOf(productId)).toEqual([3, 4]);
    const run = await db().retentionRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run).toMatchObject({ status: 'succeeded', rowsBefore: 4n, rowsDeleted: 2n });
    expect(await db().snapshot.count({ where: { productId, status: 'ready' } })).toBe(1);
  });

  it('waits for a legal hold, also for one that comes while the run waits', async () => {
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    const { ctx, domain, product, productId } = await live();
    await setRetentionColumn(ctx, { productId, column: 'at' });
    const { runId } = await runRetention(ctx, { productId, rows: 2 });
    await placeHold(steward, {
      what: `${domain.name}/${product.name}`,
      reason: 'A court asked for it to be kept.',
    });
    await enforceRetention(inline, nothing, runId);
    expect(await idsOf(productId)).toHaveLength(4);
    const run = await db().retentionRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run.status).toBe('held');
    await sweepRetention();
    expect(await db().retentionRun.count({ where: { productId } })).toBe(1);
    await expect(runRetention(ctx, { productId, rows: 2 })).rejects.toMatchObject({
      code: 'precondition',
    });
  });

  it('is fired once a day, whichever workers ask', async () => {
    const sweeps = () =>
      db().$queryRaw<{ n: number }[]>`select count(*)::int as n from dbos.workflow_status
        where name = 'retention-sweep'`.then((rows) => rows[0]?.n);
    await Promise.all([fireRetention(), fireRetention(), fireRetention()]);
    expect(await sweeps()).toBe(1);
    setClock(() => Date.now() + 3 * 86_400_000);
    await fireRetention();
    expect(await sweeps()).toBe(2);
  });

  it('is shown to its domain and to stewards, and run by who may', async () => {
    const { ctx, domain, product, productId } = await live();
    const other = await ctxOf(await makeUser());
    expect((await listRetention(ctx)).products.map((one) => one.productId)).toEqual([productId]);
    expect((await listRetention(other)).products).toEqual([]);
    const refused = { code: 'forbidden' };
    await expect(getRetention(other, domain.name, product.name)).rejects.toMatchObject(refused);
    await expect(runRetention(other, { productId, rows: 0 })).rejects.toMatchObject(refused);
    await expect(setRetentionColumn(other, { productId, column: null })).rejects.toMatchObject(
      refused,
    );
  });
});
