import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, newId, pool, setClock } from '@/lib/core';
import { makeCampaign } from '@/lib/insight';
import { lakeRoot } from '@/lib/platform';
import { type Durable, provisionRun, runDeps, submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { checkServed, fireHourlyQuality } from './hourly-quality';
import { reconcileLake } from './reconcile';
import { reviveRuns } from './revive-runs';
import { driverServices } from './services';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const deps = runDeps(driverServices);
const OLD = new Date(Date.now() - 3_600_000);

async function live(): Promise<string> {
  const draft = await makeDraft();
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await provisionRun(inline, deps, runId);
  return productId;
}

/** A snapshot directory with a file, last changed an hour ago. */
async function leftover(...parts: string[]): Promise<string> {
  const dir = path.join(lakeRoot(), ...parts);
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, 'part-00000.parquet'), 'x');
  await utimes(dir, OLD, OLD);
  await utimes(path.join(lakeRoot(), parts[0]!), OLD, OLD);
  return dir;
}

describe('clearing the lake', () => {
  it('removes what no manifest knows and leaves the rest', async () => {
    const productId = await live();
    const before = await readdir(path.join(lakeRoot(), productId, 'production'));
    await leftover(productId, 'production', newId());
    await leftover(newId(), 'production', newId());
    const fresh = path.join(lakeRoot(), productId, 'production', newId());
    await mkdir(fresh);
    expect(await reconcileLake()).toEqual({ abandoned: 0, orphans: 2 });
    const after = await readdir(path.join(lakeRoot(), productId, 'production'));
    expect(after.sort()).toEqual([...before, path.basename(fresh)].sort());
    expect(await reconcileLake()).toEqual({ abandoned: 0, orphans: 0 });
  });

  it('discards a snapshot whose run is over', async () => {
    const productId = await live();
    const id = newId();
    await db().snapshot.create({
      data: { id, productId, environment: 'production', number: 2, runId: newId() },
    });
    const dir = await leftover(productId, 'production', id);
    expect((await reconcileLake()).abandoned).toBe(1);
    expect(await readdir(path.dirname(dir))).not.toContain(id);
    expect((await db().snapshot.findUniqueOrThrow({ where: { id } })).status).toBe('removed');
  });
});

describe('hourly quality', () => {
  it('is asked for once an hour and product', async () => {
    const productId = await live();
    await db().qualityRun.updateMany({ data: { startedAt: OLD } });
    setClock(() => Date.now() + 60_000);
    expect(await fireHourlyQuality()).toBeGreaterThan(0);
    await fireHourlyQuality();
    const { rows } = await pool().query(
      `select 1 from dbos.workflow_status where name = 'quality' and workflow_uuid like $1`,
      [`quality:${productId}:%`],
    );
    expect(rows).toHaveLength(1);
    await checkServed(deps, productId);
    expect(await db().qualityRun.count({ where: { productId } })).toBe(2);
  });
});

describe('a run that lost its workflow', () => {
  it('goes on', async () => {
    const draft = await makeDraft();
    const { runId } = await submitProduct(draft.ctx, draft);
    expect(await reviveRuns()).toEqual([]);
    await pool().query(
      `update dbos.workflow_status set status = 'ERROR' where workflow_uuid = $1`,
      [runId],
    );
    expect(await reviveRuns()).toEqual([runId]);
    expect(await reviveRuns()).toEqual([]);
    const { rows } = await pool().query(
      `select status from dbos.workflow_status where workflow_uuid = $1`,
      [`${runId}:again-1`],
    );
    expect(rows).toEqual([{ status: 'ENQUEUED' }]);
  });

  it('or a count of a campaign', async () => {
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    await live();
    const deadline = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const goal = { kind: 'level' as const, level: 1 };
    const { campaignId } = await makeCampaign(steward, { title: 'Be seen', goal, deadline });
    const { id } = await db().campaignCount.findFirstOrThrow({ where: { campaignId } });
    expect(await reviveRuns()).toEqual([]);
    await pool().query(
      `update dbos.workflow_status set status = 'ERROR' where workflow_uuid = $1`,
      [id],
    );
    expect(await reviveRuns()).toEqual([id]);
    expect(await reviveRuns()).toEqual([]);
  });
});
