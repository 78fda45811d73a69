import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantAccess } from '@/lib/access';
import { type Ctx, db, listen, newId, setClock } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { discardSnapshots } from '@/lib/platform';
import {
  fireSunsets,
  getRun,
  lifecycleGates,
  promoteProduct,
  reopenDraft,
  retireRun,
  rollBack,
  runDeps,
  serveEarlier,
  stageProduct,
  submitProduct,
  testProduct,
} from '@/lib/provisioning';
import {
  addRule,
  listIncidents,
  performRemediation,
  previewRemedy,
  remediateIncident,
  runQuality,
} from '@/lib/quality';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeMember, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { carryOut, inline } from '@/lib/runtime/testing/inline-runs';
import { type DraftMade, makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { diffSnapshots, listSnapshots, openRows } from '@/lib/serving';
import { deprecateProduct, withdrawDeprecation } from './deprecate-product';
import { listTestRuns, productLifecycle } from './queries';
import { saveSample } from './samples/save-sample';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const { signal } = new AbortController();
const REPEATED = 'id,amount,city\n1,10.5,Oslo\n1,20.25,Bergen\n3,1,Oslo\n';
const uniqueId = {
  name: 'id unique',
  dimension: 'uniqueness',
  check: 'unique',
  column: 'order_id',
  config: {},
  reason: '',
};
const plain = [
  { name: 'order_id', sourceName: 'id', type: 'long' as const },
  { name: 'city', type: 'string' as const },
];

async function submitted(draft: DraftMade) {
  const made = await submitProduct(draft.ctx, draft);
  await carryOut(made.runId);
  return made;
}

interface Page {
  rows: Record<string, unknown>[];
  nextPage: string | null;
  snapshot: { id: string; number: number };
}
async function read(
  ctx: Ctx,
  address: string,
  query = '',
): Promise<Page & { headers: Record<string, string> }> {
  const [domain = '', product = ''] = address.split('/');
  const { body, headers } = await openRows(ctx, { domain, product, query, format: 'json', signal });
  return { ...(JSON.parse(String(body)) as Page), headers };
}

const statusOf = async (id: string) =>
  (await db().product.findUniqueOrThrow({ where: { id } })).status;

describe('the way to production', () => {
  it('ends where the quality gate is closed, goes on after a mend, and is promoted by hand', async () => {
    const draft = await makeDraft({ csv: REPEATED, data: { fields: plain, quality: [uniqueId] } });
    const { productId, runId } = await submitted(draft);
    const run = await getRun(draft.ctx, runId);
    expect(run.status).toBe('held');
    expect(run.error).toContain('Testing → staging');
    expect(run.error).toContain('uniqueness threshold');
    expect(await statusOf(productId)).toBe('testing');
    const address = `${draft.domain.name}/orders`;
    await expect(read(draft.ctx, address)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(promoteProduct(draft.ctx, { productId })).rejects.toMatchObject({
      code: 'precondition',
    });

    await db().qualityRule.updateMany({ where: { productId }, data: { isEnabled: false } });
    await db().qualityRule.create({
      data: {
        ...uniqueId,
        id: newId(),
        productId,
        name: 'city present',
        check: 'not_null',
        column: 'city',
        dimension: 'completeness',
      },
    });
    const tested = await testProduct(draft.ctx, { productId });
    await carryOut(tested.runId);
    expect((await getRun(draft.ctx, tested.runId)).status).toBe('succeeded');
    expect(await statusOf(productId)).toBe('staging');

    const promoted = await promoteProduct(draft.ctx, { productId });
    await carryOut(promoted.runId);
    expect([(await getRun(draft.ctx, promoted.runId)).error, await statusOf(productId)]).toEqual([
      null,
      'production',
    ]);
    expect((await read(draft.ctx, address)).rows).toHaveLength(3);
    const runs = await listTestRuns(draft.ctx, productId);
    expect(runs.map((one) => `${one.suite} ${one.status}`).sort()).toEqual([
      'integration passed',
      'integration passed',
      'performance passed',
      'performance passed',
      'quality failed',
      'quality passed',
      'unit passed',
      'unit passed',
    ]);
    expect(await db().productEnvironment.count({ where: { productId } })).toBe(1);
  });

  it('stops at the first gate without documentation, and opens the draft again', async () => {
    const draft = await makeDraft({ data: { documentation: '' } });
    const { productId, runId } = await submitted(draft);
    const run = await getRun(draft.ctx, runId);
    expect([run.status, run.error]).toEqual([
      'held',
      expect.stringContaining('There is no documentation'),
    ]);
    expect(await statusOf(productId)).toBe('development');
    await reopenDraft(draft.ctx, { productId });
    await carryOut(runId);
    expect(await statusOf(productId)).toBe('draft');
    expect(await db().snapshot.count({ where: { productId } })).toBe(0);
    expect(
      await db().productDraft.findUniqueOrThrow({ where: { id: draft.draftId } }),
    ).toMatchObject({ submittedAt: null });
  });

  it('waits in staging when asked to, read only by those who make it', async () => {
    const draft = await makeDraft({ data: { publishWhenReady: false } });
    const { productId, runId } = await submitted(draft);
    expect((await getRun(draft.ctx, runId)).status).toBe('succeeded');
    expect(await statusOf(productId)).toBe('staging');
    const address = `${draft.domain.name}/orders`;
    expect((await read(draft.ctx, address, 'environment=staging')).rows).toHaveLength(3);
    const producer = await ctxOf(await makeMember(draft.domain.id, 'data_producer'));
    expect((await read(producer, address, 'environment=staging')).rows).toHaveLength(3);
    for (const ctx of [
      await ctxOf(await makeMember(draft.domain.id, 'data_consumer')),
      await ctxOf(await makeUser()),
    ]) {
      await expect(read(ctx, address, 'environment=staging')).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect(await db().usageEvent.count({ where: { productId, shape: 'rows', status: 200 } })).toBe(
      0,
    );
  });

  it('keeps what is served when the set-up of production fails, and says so', async () => {
    const draft = await makeDraft();
    const { productId } = await submitted(draft);
    const address = `${draft.domain.name}/orders`;
    const before = await read(draft.ctx, address);
    const { runId } = await stageProduct(draft.ctx, { productId, publishes: true });
    await carryOut(runId, {
      checkpoint: async (name) => {
        if (name === 'governance:attached') throw Object.assign(new Error('broken'), { code: 'X' });
      },
    });
    expect((await getRun(draft.ctx, runId)).status).toBe('held');
    expect((await read(draft.ctx, address)).snapshot.id).toBe(before.snapshot.id);
    expect(await db().resource.count({ where: { productId, environment: 'production' } })).toBe(4);
    const { runId: again } = await promoteProduct(draft.ctx, { productId });
    await carryOut(again);
    expect((await read(draft.ctx, address)).snapshot.number).toBe(before.snapshot.number + 1);
  });
});

/** A product made by SQL, live with release 1, and what its next release selects. */
async function sqlProduct() {
  const source = await makeDraft({ name: 'source' });
  await submitted(source);
  const from = `${source.domain.name}/source`;
  const draft = await makeDraft({
    name: 'derived',
    domain: source.domain,
    data: {
      source: {
        kind: 'sql',
        sql: 'select order_id, city from s',
        inputs: [{ alias: 's', product: from }],
      },
      fields: [
        { name: 'order_id', type: 'long', primaryKey: true },
        { name: 'city', type: 'string' },
      ],
      quality: [{ ...uniqueId }],
    },
  });
  const { productId } = await submitted(draft);
  return {
    productId,
    ctx: draft.ctx,
    address: `${source.domain.name}/derived`,
    domain: source.domain,
  };
}

async function releaseOf(ctx: Ctx, productId: string, sql: string) {
  const { runId } = await stageProduct(ctx, { productId, sql, publishes: true });
  await heard(productId, () => carryOut(runId));
  expect((await getRun(ctx, runId)).error).toBeNull();
}

/** Until what is cached of the product in this process is dropped too. */
async function heard<T>(productId: string, work: () => Promise<T>): Promise<T> {
  let tell = () => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const stop = await listen('portolan_product', (id) => id === productId && tell());
  const result = await work();
  await told;
  stop();
  return result;
}

const SHOUTING = `select order_id, upper(city) as city from s where order_id < 3
  union all select 4, 'LIMA'`;

describe('releases of a live product', () => {
  it('are made of what their author may read', async () => {
    const { productId, domain } = await sqlProduct();
    const where = { domainId_name: { domainId: domain.id, name: 'source' } };
    await db().product.update({ where, data: { classification: 'restricted' } });
    const colleague = await ctxOf(await makeMember(domain.id, 'data_producer'));
    const sql = 'select order_id, city from s';
    const staging = stageProduct(colleague, { productId, sql });
    await expect(staging).rejects.toMatchObject({ code: 'forbidden' });
    expect((await db().provisioningRun.findMany({ where: { productId } })).length).toBe(1);
  });

  it('switch and roll back at once; earlier snapshots are read, listed and compared', async () => {
    const { productId, ctx, address } = await sqlProduct();
    const first = await read(ctx, address, 'order=order_id&limit=1');
    await releaseOf(ctx, productId, SHOUTING);
    const second = await read(ctx, address, 'order=order_id');
    expect(second.rows.map((row) => row.city)).toEqual(['OSLO', 'BERGEN', 'LIMA']);

    const page = `order=order_id&limit=1&page=${first.nextPage}`;
    const later = await read(ctx, address, page);
    expect([later.snapshot.id, later.rows[0]?.city]).toEqual([first.snapshot.id, 'Bergen']);
    const asOf = await read(ctx, address, 'asOf=1&order=order_id');
    expect(asOf.rows.map((row) => row.city)).toEqual(['Oslo', 'Bergen', 'Oslo']);
    await expect(read(ctx, address, 'asOf=99')).rejects.toMatchObject({ code: 'not_found' });
    for (const none of ['soon', '2026-02-30', '0000-01-01']) {
      await expect(read(ctx, address, `asOf=${none}`)).rejects.toMatchObject({ code: 'invalid' });
    }
    await expect(read(ctx, address, 'asOf=0001-01-01')).rejects.toMatchObject({
      code: 'not_found',
    });

    const [domain = '', product = ''] = address.split('/');
    const diff = await diffSnapshots(ctx, { domain, product, from: '1', to: '2', signal });
    expect(diff.key).toEqual(['order_id']);
    expect(diff.counts).toEqual({ added: 1, removed: 1, changed: 2 });
    expect(diff.rows).toContainEqual({
      kind: 'changed',
      before: { order_id: 1, city: 'Oslo' },
      after: { order_id: 1, city: 'OSLO' },
      times: 1,
    });

    const beforeBack = new Date(Date.now() - 1).toISOString();
    const back = await heard(productId, () => rollBack(ctx, { productId, reason: 'Shouting' }));
    expect(back).toMatchObject({ snapshotId: first.snapshot.id, number: 1 });
    // A second press, or a colleague's, does not bring back what was just left.
    const again = rollBack(ctx, { productId, servedId: second.snapshot.id });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    const third = await read(ctx, address);
    expect(third.snapshot.id).toBe(first.snapshot.id);
    // A time reads what was served then: after the rollback that is not the newest snapshot.
    const servedAt = async (moment: string) =>
      (await read(ctx, address, `asOf=${moment}`)).snapshot.id;
    expect(await servedAt(beforeBack)).toBe(second.snapshot.id);
    expect(await servedAt(new Date().toISOString())).toBe(first.snapshot.id);
    const pipeline = await db().pipeline.findUniqueOrThrow({ where: { productId } });
    expect(JSON.stringify(pipeline.spec)).toContain('select order_id, city from s');
    expect((await rollBack(ctx, { productId })).number).toBe(2);
    const { snapshots } = await listSnapshots(ctx, productId);
    expect(snapshots.map((one) => [one.number, one.isServed, one.release?.number])).toEqual([
      [2, true, 2],
      [1, false, 1],
    ]);

    // What retention or an erasure destroyed can be neither read nor served again.
    await discardSnapshots(productId, { snapshotIds: [first.snapshot.id], onlyUnserved: true });
    await expect(read(ctx, address, 'asOf=1')).rejects.toMatchObject({ code: 'gone' });
    await expect(rollBack(ctx, { productId, snapshotId: first.snapshot.id })).rejects.toMatchObject(
      { code: 'precondition', message: expect.stringContaining('removed') },
    );
    const told = { productId, action: 'product.rollback' };
    expect(await db().auditEvent.count({ where: told })).toBe(2);
  });

  it('are compared with a candidate in either direction, by those who make it alone', async () => {
    const { productId, ctx, address } = await sqlProduct();
    const { runId } = await stageProduct(ctx, { productId, sql: SHOUTING, publishes: false });
    await carryOut(runId);
    const consumer = await makeUser();
    await grantAccess(ctx, {
      ...{ productId, email: consumer.email, purpose: 'A report', permissions: ['read'] },
    });
    const consumerCtx = await ctxOf(consumer);
    const [domain = '', product = ''] = address.split('/');
    const compare = (who: Ctx, from: string, to: string) =>
      diffSnapshots(who, { domain, product, from, to, signal });
    expect((await compare(ctx, '1', 'staging')).counts).toEqual({
      ...{ added: 1, removed: 1, changed: 2 },
    });
    const back = await compare(ctx, 'staging', '1');
    expect(back.rows).toContainEqual(
      expect.objectContaining({ after: { order_id: 1, city: 'Oslo' } }),
    );
    expect((await compare(consumerCtx, '1', '1')).rows).toEqual([]);
    for (const [from, to] of [
      ['staging', '1'],
      ['1', 'staging'],
      ['staging', 'staging'],
    ]) {
      await expect(compare(consumerCtx, from!, to!)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('go back as a whole when an incident is mended by a rollback', async () => {
    const { productId, ctx, address } = await sqlProduct();
    const first = await read(ctx, address);
    await releaseOf(ctx, productId, SHOUTING);
    const second = await read(ctx, address);
    await addRule(ctx, {
      ...{ productId, name: 'quiet', check: 'pattern', column: 'city' },
      config: { pattern: '^[A-Z][a-z]+$', enforcement: 'warning' },
    });
    await runQuality(productId, first.snapshot.id);
    await runQuality(productId, second.snapshot.id);
    const [incident] = (await listIncidents(ctx, productId)).incidents;
    const incidentId = incident?.id ?? '';
    const remedy = { kind: 'rollback' as const };
    const { rows, snapshotId } = await previewRemedy(ctx, { incidentId, remedy });
    const { remediationId } = await remediateIncident(ctx, {
      ...{ incidentId, remedy, rows, snapshotId },
    });
    const dies = async (name: string) => {
      if (name === 'swapped') throw new Error('killed');
    };
    await expect(
      performRemediation(remediationId, { serveEarlier, checkpoint: dies }),
    ).rejects.toThrow('killed');
    await heard(productId, () => performRemediation(remediationId, { serveEarlier }));
    expect((await read(ctx, address)).snapshot.id).toBe(first.snapshot.id);
    // The release, its pipeline and the snapshot that a rollback forward would serve agree.
    const { releases } = await productLifecycle(ctx, productId);
    expect(releases).toMatchObject([
      { number: 2, isServed: false, isBlue: true },
      { number: 1, isServed: true, isBlue: false },
    ]);
    const pipeline = await db().pipeline.findUniqueOrThrow({ where: { productId } });
    expect(JSON.stringify(pipeline.spec)).toContain('select order_id, city from s');
    expect((await listIncidents(ctx, productId)).incidents).toEqual([]);
    const audited = { productId, action: 'product.rollback' };
    expect(await db().auditEvent.count({ where: audited })).toBe(1);
    expect((await rollBack(ctx, { productId })).snapshotId).toBe(second.snapshot.id);
    expect((await listIncidents(ctx, productId)).incidents).toMatchObject([{ ruleName: 'quiet' }]);
  });

  it('never show 200 concurrent readers a mixed snapshot or an error', async () => {
    const { productId, ctx, address } = await sqlProduct();
    await releaseOf(ctx, productId, SHOUTING);
    const rows: Record<string, string[]> = {};
    for (const number of [1, 2]) {
      const { rows: found } = await read(ctx, address, `asOf=${number}&order=order_id`);
      rows[number] = found.map((row) => String(row.city));
    }
    // Tested before the load begins: under it no latency objective could be met.
    await carryOut((await stageProduct(ctx, { productId })).runId);
    let isOver = false;
    let reads = 0;
    const reader = async () => {
      do {
        const seen: string[] = [];
        const numbers = new Set<number>();
        let page: string | null = null;
        do {
          const query: string = `order=order_id&limit=2${page ? `&page=${page}` : ''}`;
          const answer = await read(ctx, address, query);
          numbers.add(answer.snapshot.number);
          seen.push(...answer.rows.map((row) => String(row.city)));
          page = answer.nextPage;
        } while (page);
        expect(numbers.size).toBe(1);
        expect(seen).toEqual(rows[[...numbers][0] ?? 0]);
        reads += 1;
      } while (!isOver);
    };
    const readers = Promise.all(Array.from({ length: 200 }, reader));
    rows[3] = rows[2] ?? [];
    for (let at = 0; at < 3; at += 1) await rollBack(ctx, { productId });
    const { runId } = await promoteProduct(ctx, { productId });
    await carryOut(runId);
    await rollBack(ctx, { productId });
    isOver = true;
    await readers;
    expect(reads).toBeGreaterThanOrEqual(200);
    expect((await getRun(ctx, runId)).status).toBe('succeeded');
  }, 240_000);
});

describe('sample rows', () => {
  it('are run through the transformation in the sandbox, and what differs is shown', async () => {
    const { productId, ctx } = await sqlProduct();
    const inputs = {
      s: [
        { order_id: 1, city: 'Oslo' },
        { order_id: 2, city: null },
      ],
    };
    const good = await saveSample(ctx, {
      productId,
      name: 'two',
      inputs,
      expected: [
        { order_id: 2, city: null },
        { order_id: 1, city: 'Oslo' },
      ],
    });
    expect(good).toMatchObject({ status: 'passed' });
    const bad = await saveSample(ctx, {
      productId,
      name: 'two',
      inputs,
      expected: [
        { order_id: 1, city: 'Bergen' },
        { order_id: 2, city: null },
      ],
    });
    expect(bad).toMatchObject({
      status: 'failed',
      detail: {
        missing: [{ order_id: 1, city: 'Bergen' }],
        unexpected: [{ order_id: 1, city: 'Oslo' }],
      },
    });
    const { runId } = await stageProduct(ctx, { productId, publishes: true });
    await carryOut(runId);
    const run = await getRun(ctx, runId);
    expect([run.status, run.error]).toEqual([
      'held',
      expect.stringContaining('transformation "two"'),
    ]);
    const foreign = await saveSample(ctx, {
      productId,
      name: 'x',
      inputs: { t: [] },
      expected: [],
    });
    expect(foreign).toMatchObject({
      status: 'failed',
      message: '"t" is not an input. The inputs are s.',
    });
  });

  it('of a file are text until the contract reads them', async () => {
    const draft = await makeDraft();
    const { productId } = await submitted(draft);
    const result = await saveSample(draft.ctx, {
      productId,
      name: 'one',
      inputs: { source: [{ id: '7', amount: '1.5', city: 'Oslo' }] },
      expected: [{ order_id: 7, amount: '1.50', city: 'Oslo' }],
    });
    expect(result).toMatchObject({ status: 'passed' });
  });
});

describe('deprecation', () => {
  it('tells consumers now and before the sunset, in notices and in every answer', async () => {
    const draft = await makeDraft();
    const { productId } = await submitted(draft);
    const next = await makeDraft({ name: 'orders-two', domain: draft.domain });
    await submitted(next);
    const reader = await makeUser();
    await db().grant.create({
      data: {
        id: newId(),
        productId,
        subjectId: reader.id,
        purpose: 'test',
        grantedById: draft.ownerId,
      },
    });
    const address = `${draft.domain.name}/orders`;
    const sunset = new Date(Date.now() + 5 * 86_400_000);
    const sunsetAt = sunset.toISOString();
    await expect(
      deprecateProduct(draft.ctx, { productId, sunsetAt: '2020-01-01' }),
    ).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { sunsetAt: expect.any(String) } },
    });
    const successor = `${draft.domain.name}/orders-two`;
    const deprecate = () => deprecateProduct(draft.ctx, { productId, sunsetAt, successor });
    expect(await heard(productId, deprecate)).toEqual({ told: 1 });
    const told = () =>
      db().notification.count({ where: { userId: reader.id, kind: 'product.deprecated' } });
    expect(await told()).toBe(1);
    // Five days before, the reminder of a week is not told once more.
    await fireSunsets();
    expect(await told()).toBe(1);
    setClock(() => sunset.getTime() - 43_200_000);
    await fireSunsets();
    await fireSunsets();
    expect(await told()).toBe(2);
    setClock(undefined);

    const { headers } = await read(draft.ctx, address);
    expect(headers.deprecation).toMatch(/^@\d{10}$/);
    expect(headers.sunset).toBe(sunset.toUTCString());
    expect(headers.link).toContain(
      `${draft.domain.name}/orders-two/rows>; rel="successor-version"`,
    );
    const gate = (await lifecycleGates(productId)).find((one) => one.to === 'retired');
    expect(gate?.passes).toBe(false);
    expect(await productLifecycle(draft.ctx, productId)).toMatchObject({
      status: 'deprecated',
      deprecation: { sunsetAt },
    });
    await heard(productId, () => withdrawDeprecation(draft.ctx, { productId }));
    expect(await statusOf(productId)).toBe('production');
    expect((await read(draft.ctx, address)).headers.deprecation).toBeUndefined();
  });

  it('on its day the product is retired by the system, as soon as nothing reads it', async () => {
    const draft = await makeDraft();
    const { productId } = await submitted(draft);
    const consumer = await makeUser();
    await grantAccess(draft.ctx, {
      ...{ productId, email: consumer.email, purpose: 'A report', permissions: ['read'] },
    });
    const reader = await makeProduct({ domainId: draft.domain.id, ownerId: draft.ownerId });
    await db().productInput.create({
      data: { productId: reader.id, alias: 'source', sourceId: productId },
    });
    const sunsetAt = new Date(Date.now() + 86_400_000).toISOString();
    await deprecateProduct(draft.ctx, { productId, sunsetAt });
    setClock(() => Date.parse(sunsetAt) + 60_000);
    await fireSunsets();
    await fireSunsets();
    const waits = { userId: draft.ownerId, title: { contains: 'cannot be taken down yet' } };
    expect(await db().notification.findMany({ where: waits })).toMatchObject([
      { body: expect.stringContaining(`It is read by ${draft.domain.name}/${reader.name}.`) },
    ]);
    expect(await statusOf(productId)).toBe('deprecated');
    await db().productInput.deleteMany({ where: { productId: reader.id } });
    await fireSunsets();
    const run = await db().provisioningRun.findFirstOrThrow({
      where: { productId, kind: 'retire' },
    });
    await retireRun(inline, runDeps(driverServices), run.id);
    expect(await statusOf(productId)).toBe('retired');
    expect(await db().snapshot.count({ where: { productId, status: { not: 'removed' } } })).toBe(0);
    const audited = await db().auditEvent.findFirst({
      where: { productId, action: 'product.retire' },
    });
    expect(audited?.actorLabel).toBe('system:sunset');
    const after = { userId: consumer.id, kind: 'product.retired' };
    expect(await db().notification.count({ where: after })).toBe(1);
    await fireSunsets();
    expect(await db().provisioningRun.count({ where: { productId, kind: 'retire' } })).toBe(1);
  });
});
