import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { requestAccess } from '@/lib/access';
import { forgetPerson } from '@/lib/auth';
import { AppError, db, env, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { driverServices } from '@/lib/jobs/services';
import { CAPABILITIES, type Driver, driverOfKind, readSnapshot } from '@/lib/platform';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeUser } from '@/lib/runtime/testing/factories';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { cancelRun } from './cancel-run';
import { provisionRun } from './provision-workflow';
import { getRun, runLogs } from './queries';
import { previewRetire } from './retire-preview';
import { retireProduct } from './retire-product';
import { retireRun } from './retire-workflow';
import { retryRun } from './retry-run';
import { type Durable, type RunDeps, runDeps } from './run-deps';
import { submitProduct } from './submit-product';
import { SUITES } from './suites';

useTestDatabase();
beforeAll(seedMesh);

/** Without a durable engine: steps run as they come, waits do not wait. */
const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const deps = (overrides: Partial<RunDeps> = {}) => runDeps(driverServices, overrides);

async function filesOf(productId: string): Promise<string[]> {
  const dir = path.join(env().home, 'lake', productId);
  return readdir(dir, { recursive: true }).catch(() => []);
}

async function expectNothingLeft(productId: string) {
  const where = { productId };
  expect(await filesOf(productId)).toEqual([]);
  expect(await db().resource.count({ where })).toBe(0);
  expect(await db().snapshot.count({ where })).toBe(0);
  expect(await db().snapshotFile.count({ where: { snapshot: where } })).toBe(0);
  expect(await db().productEnvironment.count({ where })).toBe(0);
  expect(await db().pipeline.count({ where })).toBe(0);
  expect(await db().qualityRun.count({ where })).toBe(0);
  expect(await db().qualityRule.count({ where })).toBe(0);
  const product = await db().product.findUniqueOrThrow({ where: { id: productId } });
  expect(product.status).toBe('draft');
  const draft = await db().productDraft.findUniqueOrThrow({ where });
  expect(draft.submittedAt).toBeNull();
}

/** The real driver of a capability, made to fail at one of its methods. */
function failing(capability: string, method: 'plan' | 'apply' | 'verify', error: Error) {
  return (kind: string): Driver | undefined => {
    const driver = driverOfKind(kind);
    if (driver?.capability !== capability) return driver;
    const inner = driver[method] as (...args: unknown[]) => unknown;
    const broken = async (...args: unknown[]) => {
      // The work is really done, then it fails: the hardest case to take back.
      if (method !== 'plan') await inner.apply(driver, args);
      throw error;
    };
    const planned = () => {
      throw error;
    };
    return { ...driver, [method]: method === 'plan' ? planned : broken };
  };
}

describe('provisioning', () => {
  it('leads from a draft to a live product whose rows can be read', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    await provisionRun(inline, deps(), runId);

    const run = await getRun(draft.ctx, runId);
    expect(run.error).toBeNull();
    expect(run.status).toBe('succeeded');
    expect(run.steps.map((step) => [step.key, step.status])).toEqual(
      [...CAPABILITIES.map((name) => `staging/${name}`), ...SUITES, ...CAPABILITIES].map((key) => [
        key,
        'done',
      ]),
    );
    expect(run.product.status).toBe('production');
    const environment = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
    expect(environment.status).toBe('live');
    const rows = await readSnapshot(
      environment.snapshotId!,
      (relation) => `select cast(order_id as varchar) as id, city from ${relation} order by 1`,
    );
    expect(rows).toEqual([
      { id: '1', city: 'Oslo' },
      { id: '2', city: 'Bergen' },
      { id: '3', city: 'Oslo' },
    ]);
    const [file] = await db().snapshotFile.findMany({ where: { snapshot: { productId } } });
    expect(file?.wrappedKey).not.toBeNull();
    const quality = await db().qualityRun.findFirstOrThrow({ where: { productId } });
    expect(quality.scores).toEqual({ completeness: 83.34, uniqueness: 100 });
    const lines = (await runLogs(draft.ctx, runId)).map((line) => line.message);
    expect(lines.join('\n')).toContain('Loaded 3 rows as snapshot 1');
    const pipeline = await db().pipeline.findUniqueOrThrow({ where: { productId } });
    expect(pipeline.nextRunAt?.getTime()).toBeGreaterThan(Date.now() + 80_000_000);
  });

  it.each([
    ['finance', 'public' as const, 'everybody needs a role'],
    ['marketing', 'confidential' as const, 'personal data needs a purpose'],
  ])('ends well in %s with %s data, where %s', async (name, classification, _where) => {
    const domain = await makeDomain({ name });
    await seedPolicies(systemCtx('seed'));
    const draft = await makeDraft({
      domain,
      data: {
        classification,
        access: [{ role: 'data_producer', permissions: ['read'] }],
        fields: [
          { name: 'order_id', sourceName: 'id', type: 'long', primaryKey: true },
          { name: 'amount', type: 'decimal', precision: 12, scale: 2 },
          { name: 'city', type: 'string', ...(classification === 'confidential' && { pii: true }) },
        ],
      },
    });
    const { runId } = await submitProduct(draft.ctx, draft);
    await provisionRun(inline, deps(), runId);
    const run = await getRun(draft.ctx, runId);
    expect([run.status, run.error]).toEqual(['succeeded', null]);
  });

  it('answers a second submit with the same run, also when both come at once', async () => {
    const draft = await makeDraft();
    const both = await Promise.all([
      submitProduct(draft.ctx, draft),
      submitProduct(draft.ctx, draft),
    ]);
    const third = await submitProduct(draft.ctx, { ...draft, rev: 99 });
    expect(new Set([...both, third].map((one) => one.runId)).size).toBe(1);
    expect(await db().product.count({ where: { domainId: draft.domain.id } })).toBe(1);
    expect(await db().provisioningRun.count({ where: { productId: third.productId } })).toBe(1);
  });

  it('refuses a stale revision, a taken name and somebody else’s draft', async () => {
    const draft = await makeDraft();
    await expect(submitProduct(draft.ctx, { ...draft, rev: 7 })).rejects.toMatchObject({
      code: 'conflict',
    });
    const stranger = await ctxOf(await makeUser());
    await expect(submitProduct(stranger, draft)).rejects.toMatchObject({ code: 'not_found' });
    await submitProduct(draft.ctx, draft);
    const other = await makeDraft({ data: { domain: draft.domain.name } });
    await db().membership.create({
      data: { domainId: draft.domain.id, userId: other.ownerId, role: 'data_producer' },
    });
    const ctx = await ctxOf({ id: other.ownerId });
    await expect(submitProduct(ctx, other)).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { name: expect.stringContaining('already') } },
    });
    expect(await db().productDraft.findUnique({ where: { id: other.draftId } })).toMatchObject({
      submittedAt: null,
      productId: null,
    });
  });

  for (const capability of CAPABILITIES) {
    for (const method of ['plan', 'apply', 'verify'] as const) {
      it(`leaves nothing when ${capability} fails in ${method}`, async () => {
        const draft = await makeDraft();
        const { productId, runId } = await submitProduct(draft.ctx, draft);
        const driver = failing(capability, method, new AppError('invalid', 'The driver refused.'));
        await provisionRun(inline, deps({ driver }), runId);
        const run = await getRun(draft.ctx, runId);
        expect(run.status).toBe('undone');
        expect(run.error).toBe('The driver refused.');
        expect(run.steps.find((step) => step.name === capability)?.error).toBe(
          'The driver refused.',
        );
        expect(run.draftId).toBe(draft.draftId);
        await expectNothingLeft(productId);
      });
    }
  }

  it('tries again after passing trouble, then goes through', async () => {
    const draft = await makeDraft();
    const { runId } = await submitProduct(draft.ctx, draft);
    let failures = 2;
    const driver = (kind: string) => {
      const real = driverOfKind(kind);
      if (real?.capability !== 'processing') return real;
      const apply: Driver['apply'] = async (ctx, config) => {
        if (failures-- > 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        return real.apply(ctx, config);
      };
      return { ...real, apply };
    };
    await provisionRun(inline, deps({ driver }), runId);
    expect((await getRun(draft.ctx, runId)).status).toBe('succeeded');
  });

  it('can be tried again once it was undone', async () => {
    const draft = await makeDraft();
    const first = await submitProduct(draft.ctx, draft);
    const driver = failing('serving', 'apply', new AppError('invalid', 'No.'));
    await provisionRun(inline, deps({ driver }), first.runId);
    const second = await retryRun(draft.ctx, { runId: first.runId });
    expect(second.runId).not.toBe(first.runId);
    expect(await retryRun(draft.ctx, { runId: first.runId })).toMatchObject({
      runId: second.runId,
    });
    await provisionRun(inline, deps(), second.runId);
    const run = await getRun(draft.ctx, second.runId);
    expect([run.status, run.attempt, run.product.id]).toEqual(['succeeded', 2, first.productId]);
  });

  it('stops and takes everything back when it is cancelled mid-way', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    const checkpoint = async (name: string) => {
      if (name === 'staging/processing:written') await cancelRun(draft.ctx, { runId });
    };
    await provisionRun(inline, deps({ checkpoint }), runId);
    expect((await getRun(draft.ctx, runId)).status).toBe('cancelled');
    await expectNothingLeft(productId);
  });

  it('gives way to a cancel that comes before the very end', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    const checkpoint = async (name: string) => {
      if (name === 'finish') await cancelRun(draft.ctx, { runId });
    };
    await provisionRun(inline, deps({ checkpoint }), runId);
    expect((await getRun(draft.ctx, runId)).status).toBe('cancelled');
    await expectNothingLeft(productId);
    await expect(cancelRun(draft.ctx, { runId })).resolves.toEqual({ runId });
  });
});

describe('retiring', () => {
  it('destroys files, keys and grants, and keeps the audit', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    await provisionRun(inline, deps(), runId);
    const reader = await makeUser();
    await db().grant.create({
      data: {
        id: 'g1',
        productId,
        subjectId: reader.id,
        purpose: 'test',
        grantedById: draft.ownerId,
      },
    });
    const upload = await db().upload.findFirstOrThrow({ where: { draftId: draft.draftId } });
    const preview = await previewRetire(draft.ctx, productId);
    expect(preview).toMatchObject({ files: 1, rows: 3, grants: 1, hasEncryptedFiles: true });
    await expect(retireProduct(draft.ctx, { productId, confirm: 'orders' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(
      retireProduct(draft.ctx, { productId, confirm: preview.confirm }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('1 grant is in use'),
    });
    const asker = await makeUser();
    const { items } = await requestAccess(await ctxOf(asker), {
      ...{ productIds: [productId], purpose: 'analytics', days: 30, note: 'A forecast' },
    });
    const retired = await retireProduct(draft.ctx, {
      productId,
      confirm: preview.confirm,
      force: true,
    });
    expect(await retireProduct(draft.ctx, { productId, confirm: preview.confirm })).toEqual(
      retired,
    );
    await retireRun(inline, deps(), retired.runId);

    expect((await getRun(draft.ctx, retired.runId)).status).toBe('succeeded');
    expect(await filesOf(productId)).toEqual([]);
    expect(await readdir(path.join(env().home, 'uploads'))).not.toContain(upload.id);
    expect(await db().snapshotFile.count({ where: { snapshot: { productId } } })).toBe(0);
    expect(await db().resource.count({ where: { productId } })).toBe(0);
    const product = await db().product.findUniqueOrThrow({ where: { id: productId } });
    expect(product.status).toBe('retired');
    const grant = await db().grant.findUniqueOrThrow({ where: { id: 'g1' } });
    expect(grant.revokedAt).not.toBeNull();
    expect(await db().grantEvent.findMany({ where: { grantId: 'g1' } })).toMatchObject([
      { kind: 'revoked', note: 'The product is retired' },
    ]);
    const { status, events } = await db().accessRequestItem.findUniqueOrThrow({
      where: { id: items[0]!.itemId },
      include: { events: { orderBy: { at: 'asc' } } },
    });
    expect([status, events.map((one) => one.kind)]).toEqual(['refused', ['sent', 'refused']]);
    const told = await db().notification.findMany({ where: { userId: asker.id } });
    expect(told.map((one) => one.title)).toContainEqual(expect.stringContaining('is closed'));
    const actions = await db().auditEvent.findMany({
      where: { productId, action: { not: 'product.read' } },
      select: { action: true },
    });
    expect(actions.map((row) => row.action).sort()).toEqual([
      'access.request',
      'product.promote',
      'product.retire',
      'product.retired',
      'product.stage',
      'product.submit',
      ...SUITES.map(() => 'product.test'),
      // One of the rules that were suggested warns about these rows.
      'quality.incident.open',
    ]);
  });

  it('is refused while others read the product, unless it is forced', async () => {
    const draft = await makeDraft();
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    await provisionRun(inline, deps(), runId);
    const derived = await makeDraft({
      name: 'derived',
      data: {
        domain: draft.domain.name,
        source: { kind: 'product', product: `${draft.domain.name}/orders` },
        fields: [{ name: 'order_id', type: 'long' }],
        quality: [],
      },
    });
    await db().productDraft.update({
      where: { id: derived.draftId },
      data: { authorId: draft.ownerId },
    });
    // A product reads with its owner's rights, and this owner is of another domain.
    await expect(submitProduct(draft.ctx, derived)).rejects.toMatchObject({
      details: { fields: { owner: expect.stringContaining('may not read') } },
    });
    await db().membership.create({
      data: { domainId: draft.domain.id, userId: derived.ownerId, role: 'data_consumer' },
    });
    forgetPerson(derived.ownerId);
    const child = await submitProduct(draft.ctx, derived);
    expect(child).toMatchObject({ runId: expect.any(String) });
    const confirm = `${draft.domain.name}/orders`;
    await expect(retireProduct(draft.ctx, { productId, confirm })).rejects.toMatchObject({
      code: 'conflict',
      details: { readers: [`${draft.domain.name}/derived`] },
    });
    await expect(
      retireProduct(systemCtx('test'), { productId, confirm, force: true }),
    ).resolves.toMatchObject({ runId: expect.any(String) });
  });
});
