import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { revokeGrant } from '@/lib/access';
import { db, env, newId, setClock, transact } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { readSnapshot } from '@/lib/platform';
import { type Durable, provisionRun, runDeps, submitProduct } from '@/lib/provisioning';
import { latestQuality } from '@/lib/quality';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { type DraftMade, makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { removeOldSnapshots } from './old-snapshots';
import { pipelineOverview } from './queries';
import { runPipelineNow } from './run-now';
import { runPipeline } from './run-pipeline';
import { fireDueSchedules } from './schedule';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const deps = runDeps(driverServices);

const cityPresent = {
  name: 'city present',
  dimension: 'completeness',
  check: 'not_null',
  column: 'city',
  config: {},
  reason: 'Set by a test.',
};

async function live(options?: Parameters<typeof makeDraft>[0]) {
  const draft = await makeDraft(options);
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await provisionRun(inline, deps, runId);
  const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId } });
  expect([run.status, run.error]).toEqual(['succeeded', null]);
  return { draft, productId };
}

async function loadNow(draft: DraftMade, productId: string): Promise<string> {
  const { pipelineRunId } = await runPipelineNow(draft.ctx, { productId });
  await runPipeline(inline, deps, pipelineRunId);
  return pipelineRunId;
}

async function served(productId: string) {
  const environment = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
  return db().snapshot.findUniqueOrThrow({ where: { id: environment.snapshotId! } });
}

async function replaceUpload(draft: DraftMade, csv: string): Promise<void> {
  const upload = await db().upload.findFirstOrThrow({ where: { draftId: draft.draftId } });
  await writeFile(path.join(env().home, upload.path), csv);
}

describe('a load', () => {
  it('swaps in a new snapshot and checks its quality', async () => {
    const { draft, productId } = await live();
    await replaceUpload(draft, 'id,amount,city\n1,1,Oslo\n2,2,Oslo\n');
    const { pipelineRunId } = await runPipelineNow(draft.ctx, { productId });
    // A second press while it waits is the same load.
    expect(await runPipelineNow(draft.ctx, { productId })).toEqual({ pipelineRunId });
    await runPipeline(inline, deps, pipelineRunId);
    await runPipeline(inline, deps, pipelineRunId);
    const now = await served(productId);
    expect([now.number, now.rowCount]).toEqual([2, 2n]);
    const overview = await pipelineOverview(draft.ctx, productId);
    expect(overview.runs.map((run) => [run.trigger, run.status, run.rowsWritten])).toEqual([
      ['manual', 'succeeded', 2],
    ]);
    const quality = await latestQuality(draft.ctx, productId);
    expect(quality?.snapshotId).toBe(now.id);
    expect(quality?.scores.completeness).toBe(100);
  });

  it('that fails leaves what is served and nothing of its own', async () => {
    const { draft, productId } = await live();
    const before = await served(productId);
    await replaceUpload(draft, 'id,amount,city\n1,much,Oslo\n');
    const id = await loadNow(draft, productId);
    const run = await db().pipelineRun.findUniqueOrThrow({ where: { id } });
    expect(run.status).toBe('failed');
    expect(run.error).toContain('1 value of amount cannot be read as decimal; the first is "much"');
    expect((await served(productId)).id).toBe(before.id);
    const dir = path.join(env().home, 'lake', productId, 'production');
    expect(await readdir(dir)).toEqual([before.id]);
  });

  it('keeps three snapshots, and those replaced within the last minute', async () => {
    const { draft, productId } = await live();
    for (let round = 0; round < 5; round += 1) await loadNow(draft, productId);
    expect(await removeOldSnapshots()).toBe(0);
    expect(await removeOldSnapshots(new Date(Date.now() + 120_000))).toBe(3);
    const left = await db().snapshot.findMany({ where: { productId, status: 'ready' } });
    expect(left.map((one) => one.number).sort()).toEqual([4, 5, 6]);
    const dir = path.join(env().home, 'lake', productId, 'production');
    expect((await readdir(dir)).sort()).toEqual(left.map((one) => one.id).sort());
    expect(await readSnapshot((await served(productId)).id, (rel) => `from ${rel}`)).toHaveLength(
      3,
    );
  });

  it('reads two other products through SQL in the sandbox', async () => {
    const first = await live();
    const second = await live({ name: 'places' });
    const author = first.draft;
    const child = await makeDraft({
      name: 'by-city',
      data: {
        domain: author.domain.name,
        owner: (await db().user.findUniqueOrThrow({ where: { id: author.ownerId } })).email,
        source: {
          kind: 'sql',
          sql: 'select o.city as town, count(*) as n from orders o join places p using (city) group by 1',
          inputs: [
            { alias: 'orders', product: `${author.domain.name}/orders` },
            { alias: 'places', product: `${second.draft.domain.name}/places` },
          ],
        },
        fields: [
          { name: 'city', sourceName: 'town', type: 'string' },
          { name: 'n', type: 'long' },
        ],
        quality: [cityPresent],
      },
    });
    await db().productDraft.update({
      where: { id: child.draftId },
      data: { authorId: author.ownerId },
    });
    await expect(submitProduct(author.ctx, child)).rejects.toMatchObject({ code: 'invalid' });
    await db().grant.create({
      data: {
        id: newId(),
        productId: second.productId,
        subjectId: author.ownerId,
        purpose: 'join',
        grantedById: second.draft.ownerId,
      },
    });
    await transact(async (tx) => {
      await tx.$executeRaw`select pg_notify('portolan_access', '')`;
    });
    const { productId, runId } = await submitProduct(author.ctx, child);
    await provisionRun(inline, deps, runId);
    const rows = await readSnapshot(
      (await served(productId)).id,
      (rel) => `select city, cast(n as varchar) as n from ${rel} order by 1`,
    );
    expect(rows).toEqual([
      { city: 'Bergen', n: '1' },
      { city: 'Oslo', n: '4' },
    ]);
    expect(await db().productInput.count({ where: { productId } })).toBe(2);
  });
});

describe('a scheduled load', () => {
  it('stops when the owner may no longer read the source; what was served stays', async () => {
    const source = await live({ name: 'places' });
    const child = await makeDraft({
      data: {
        source: { kind: 'product', product: `${source.draft.domain.name}/places` },
        fields: [{ name: 'city', type: 'string' }],
        quality: [cityPresent],
      },
    });
    const grantId = newId();
    await db().grant.create({
      data: {
        id: grantId,
        productId: source.productId,
        subjectId: child.ownerId,
        purpose: 'cities',
        grantedById: source.draft.ownerId,
      },
    });
    const { productId, runId } = await submitProduct(child.ctx, child);
    await provisionRun(inline, deps, runId);
    const before = await served(productId);
    await revokeGrant(source.draft.ctx, { grantId });
    const { nextRunAt } = await db().pipeline.findUniqueOrThrow({ where: { productId } });
    const due = nextRunAt!.getTime() + 1000;
    setClock(() => due);
    const fired = await fireDueSchedules();
    for (const id of fired) await runPipeline(inline, deps, id);
    const run = await db().pipelineRun.findFirstOrThrow({ where: { productId } });
    expect([run.trigger, run.status]).toEqual(['schedule', 'failed']);
    expect(run.error).toContain(
      `may not read its source ${source.draft.domain.name}/places; a product reads with its owner's rights`,
    );
    expect((await served(productId)).id).toBe(before.id);
    const denied = { productId: source.productId, decision: 'deny' };
    expect(await db().auditEvent.count({ where: { ...denied, actorId: child.ownerId } })).toBe(1);
  });
});

describe('schedules', () => {
  it('fire once, however many workers look, and once after a long pause', async () => {
    const { productId } = await live();
    const { nextRunAt } = await db().pipeline.findUniqueOrThrow({ where: { productId } });
    expect(await fireDueSchedules()).toEqual([]);
    const late = nextRunAt!.getTime() + 10 * 86_400_000;
    setClock(() => late);
    const fired = (await Promise.all([1, 2, 3, 4].map(() => fireDueSchedules()))).flat();
    const runs = await db().pipelineRun.findMany({ where: { productId } });
    expect(runs.map((run) => [run.trigger, fired.includes(run.id)])).toEqual([['schedule', true]]);
    const next = await db().pipeline.findUniqueOrThrow({ where: { productId } });
    expect(next.nextRunAt?.getTime()).toBe(late + 86_400_000);
  });
});
