import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db, env, pool } from '@/lib/core';
import { cancelRun, retireProduct, SUITES, submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { runEnd, startWorkerProcess, type WorkerProcess } from './testing/worker-process';

useTestDatabase();
beforeAll(seedMesh);

const running: WorkerProcess[] = [];
afterEach(async () => {
  for (const worker of running.splice(0)) await worker.kill();
});
function start(options: Parameters<typeof startWorkerProcess>[0]): WorkerProcess {
  const worker = startWorkerProcess(options);
  running.push(worker);
  return worker;
}

/** Every boundary between steps and several instants inside each, in the order a run meets them. */
const INSTANTS = [
  'staging/storage:begin',
  'staging/storage:planned',
  'staging/storage:before directory',
  'staging/storage:directory made',
  'staging/storage:applied',
  'staging/storage:verified',
  'staging/storage:done',
  'staging/processing:begin',
  'staging/processing:planned',
  'staging/processing:reserved',
  'staging/processing:written',
  'staging/processing:applied',
  'staging/processing:verified',
  'staging/serving:pointed',
  'staging/governance:attached',
  'open staging',
  'unit:ran',
  'quality:begin',
  'performance:ran',
  'gate staging',
  'gate production',
  'storage:applied',
  'processing:reserved',
  'processing:written',
  'processing:verified',
  'serving:pointed',
  'governance:applied',
  'finish',
  'clear staging',
];

async function expectOnce(productId: string): Promise<void> {
  const product = await db().product.findUniqueOrThrow({ where: { id: productId } });
  expect(product.status).toBe('production');
  const snapshots = await db().snapshot.findMany({
    where: { productId },
    include: { files: true },
  });
  expect(snapshots.map((one) => [one.number, one.status, one.files.length])).toEqual([
    [1, 'ready', 1],
  ]);
  const environment = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
  expect(environment).toMatchObject({ status: 'live', snapshotId: snapshots[0]?.id });
  expect(await parquetFiles()).toEqual([snapshots[0]?.files[0]?.path]);
  expect(await db().resource.count({ where: { productId } })).toBe(4);
  expect(await db().qualityRun.count({ where: { productId } })).toBe(1);
  for (const action of ['product.stage', 'product.promote']) {
    expect(await db().auditEvent.count({ where: { productId, action } })).toBe(1);
  }
  const tests = await db().testRun.findMany({ where: { productId } });
  expect(tests.map((one) => [one.suite, one.status]).sort()).toEqual(
    [...SUITES].sort().map((suite) => [suite, 'passed']),
  );
  expect(await db().release.count({ where: { productId } })).toBe(1);
}

/** Every file below the lake, relative to it. */
async function parquetFiles(): Promise<string[]> {
  const root = path.join(env().home, 'lake');
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

async function retireAndCheck(ctx: Parameters<typeof retireProduct>[0], productId: string) {
  const product = await db().product.findUniqueOrThrow({
    where: { id: productId },
    include: { domain: true },
  });
  const confirm = `${product.domain.name}/${product.name}`;
  const { runId } = await retireProduct(ctx, { productId, confirm });
  expect(await runEnd(runId)).toBe('succeeded');
  expect(await parquetFiles()).toEqual([]);
}

describe('a worker that is killed', () => {
  it('at every instant in turn still ends with the product provisioned once', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    for (const pauseAt of INSTANTS) {
      const worker = start({ id: 'worker-one', pauseAt });
      expect(await worker.paused).toBe(pauseAt);
      await worker.kill();
    }
    start({ id: 'worker-one' });
    expect(await runEnd(runId)).toBe('succeeded');
    await expectOnce(productId);
    await retireAndCheck(draft.ctx, productId);
  }, 240_000);

  it('is followed by another worker, which takes its run over', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    const first = start({ id: 'worker-a', pauseAt: 'staging/processing:written' });
    await first.paused;
    const second = start({ id: 'worker-b', deadAfterMs: 3000 });
    await second.ready;
    await first.kill();
    expect(await runEnd(runId)).toBe('succeeded');
    await expectOnce(productId);
    const { rows } = await pool().query<{ executor: string }>(
      'select executor_id as executor from dbos.workflow_status where workflow_uuid = $1',
      [runId],
    );
    expect(rows).toEqual([{ executor: 'worker-b' }]);
    await retireAndCheck(draft.ctx, productId);
  }, 120_000);

  it('while it undoes a cancelled run is followed by one that goes on undoing', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    const first = start({ id: 'worker-c', pauseAt: 'governance:begin' });
    await first.paused;
    await cancelRun(draft.ctx, { runId });
    await first.kill();
    const second = start({ id: 'worker-c', pauseAt: 'staging/storage:snapshots gone' });
    await second.paused;
    await second.kill();
    start({ id: 'worker-c' });
    expect(await runEnd(runId)).toBe('cancelled');
    expect(await parquetFiles()).toEqual([]);
    expect(await db().snapshot.count({ where: { productId } })).toBe(0);
    expect(await db().productEnvironment.count({ where: { productId } })).toBe(0);
  }, 120_000);

  it('by SIGTERM leaves cleanly and is forgotten', async () => {
    const worker = start({ id: 'worker-d' });
    await worker.ready;
    expect(await db().heartbeat.count({ where: { id: 'worker-d' } })).toBe(1);
    expect(await worker.kill('SIGTERM')).toBe(0);
    expect(await db().heartbeat.count({ where: { id: 'worker-d' } })).toBe(0);
  }, 60_000);
});
