import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { driverCtx, submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { activePlatform } from '../document';
import { lakeRoot } from '../snapshots/store';
import { templateHealth } from '../template-health';
import { CAPABILITIES, type DriverCtx, type DriverState } from './define-driver';
import { driverList } from './registry';

useTestDatabase();
beforeAll(seedMesh);

/** Everything that drivers may make, as one comparable value. */
async function footprint(productId: string) {
  const where = { productId };
  const files = await readdir(lakeRoot(), { recursive: true }).catch(() => []);
  return {
    files: files.filter((file) => file.startsWith(productId)),
    environments: await db().productEnvironment.findMany({
      where,
      select: { status: true, snapshotId: true },
    }),
    snapshots: await db().snapshot.count({ where: { ...where, status: { not: 'removed' } } }),
    snapshotFiles: await db().snapshotFile.count({ where: { snapshot: where } }),
    qualityRuns: await db().qualityRun.count({ where }),
    nextRunAt: (await db().pipeline.findUnique({ where }))?.nextRunAt ?? null,
  };
}

/** A product that was submitted and not yet provisioned, with what its drivers are given. */
async function prepared(capability: string): Promise<DriverCtx> {
  const draft = await makeDraft();
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  const part = {
    runId,
    environment: 'production',
    step: capability,
    signal: new AbortController().signal,
  };
  const deps = {
    services: driverServices,
    suites: driverServices.suites,
    driver: () => undefined,
    checkpoint: async () => {},
  };
  return driverCtx(productId, part, deps);
}

describe('every driver', () => {
  for (const driver of driverList()) {
    const before = CAPABILITIES.slice(0, CAPABILITIES.indexOf(driver.capability));
    const config = driver.config.parse({});

    const made = async (): Promise<DriverCtx> => {
      const ctx = await prepared(driver.capability);
      for (const capability of before) {
        const earlier = driverList().find((one) => one.capability === capability)!;
        await earlier.apply(ctx, earlier.config.parse({}));
      }
      return ctx;
    };

    describe(driver.kind, () => {
      it('says what it is and is healthy', async () => {
        expect(driver.title).not.toBe('');
        expect(driver.provides.length).toBeGreaterThan(0);
        expect(await driver.health(config)).toEqual({ ok: true });
      });

      it('plans in words, without touching anything', async () => {
        const ctx = await made();
        const earlier = await footprint(ctx.product.id);
        const changes = driver.plan(ctx.facts, config);
        expect(changes.length).toBeGreaterThan(0);
        for (const change of changes) expect(change.what).not.toBe('');
        expect(driver.plan(ctx.facts, config)).toEqual(changes);
        expect(await footprint(ctx.product.id)).toEqual(earlier);
      });

      it('applies twice to the same end, and verifies what it made', async () => {
        const ctx = await made();
        const first = await driver.apply(ctx, config);
        const after = await footprint(ctx.product.id);
        const second: DriverState = await driver.apply(ctx, config);
        expect(second).toEqual(first);
        const { nextRunAt: _first, ...still } = after;
        const { nextRunAt: _second, ...again } = await footprint(ctx.product.id);
        expect(again).toEqual(still);
        expect(await driver.verify(ctx, second)).not.toBe('');
      });

      it('undoes twice and leaves what was there before', async () => {
        const ctx = await made();
        const earlier = await footprint(ctx.product.id);
        await driver.apply(ctx, config);
        await driver.undo(ctx);
        expect(await footprint(ctx.product.id)).toEqual(earlier);
        await driver.undo(ctx);
        expect(await footprint(ctx.product.id)).toEqual(earlier);
      });

      it('undoes what was never applied', async () => {
        const ctx = await prepared(driver.capability);
        await driver.undo(ctx);
        expect((await footprint(ctx.product.id)).files).toEqual([]);
      });
    });
  }
});

describe('template health', () => {
  it('offers only the template whose drivers are all there', async () => {
    const platform = await activePlatform();
    const rows = await db().template.findMany({ where: { kind: 'data_product' } });
    const offered = await Promise.all(
      rows.map(async (row) => {
        const health = await templateHealth(row.document as never, platform);
        return [row.name, health.isOffered];
      }),
    );
    expect(Object.fromEntries(offered)).toEqual({
      batch_analytics: true,
      real_time_streaming: false,
      ml_feature_store: false,
    });
  });
});
