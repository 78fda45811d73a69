import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantAccess } from '@/lib/access';
import { type Ctx, db, env, newId, pool, setClock } from '@/lib/core';
import { certifiedUntil, certifyProduct, productCertification } from '@/lib/governance';
import { driverServices } from '@/lib/jobs/services';
import { fireDueSchedules, removeOldSnapshots, runPipeline } from '@/lib/pipelines';
import { addRule, latestQuality } from '@/lib/quality';
import { productLifecycle } from '@/lib/release';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { heard } from '@/lib/runtime/testing/heard';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { type DraftMade, makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { flushUsage, openRows, productMetadata } from '@/lib/serving';
import { closeServing } from '@/lib/serving/resolve';
import { type DataProduct, printDocument } from '@/lib/specs';
import { promoteProduct } from '../promote-product';
import { provisionRun } from '../provision-workflow';
import { retireProduct } from '../retire-product';
import { retireRun } from '../retire-workflow';
import { rollBack } from '../roll-back';
import { type Durable, type RunDeps, runDeps } from '../run-deps';
import { submitProduct } from '../submit-product';
import { fireSunsets } from '../sunsets/fire-sunsets';
import {
  acknowledgeChange,
  activateVersion,
  checkChange,
  diffVersions,
  endVersion,
  followNewest,
  listVersions,
  oldVersions,
  openChange,
  overrideGate,
  proposeChange,
  sunsetRun,
  withdrawChange,
} from '.';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const deps = (overrides: Partial<RunDeps> = {}) => runDeps(driverServices, overrides);

interface Live {
  draft: DraftMade;
  productId: string;
  address: { domain: string; name: string };
  ctx: Ctx;
  consumer: { id: string; ctx: Ctx };
}

/** A live product with one consumer, who has a grant. */
async function live(options?: Parameters<typeof makeDraft>[0]): Promise<Live> {
  const draft = await makeDraft(options);
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await provisionRun(inline, deps(), runId);
  const user = await makeUser();
  await grantAccess(draft.ctx, {
    productId,
    email: user.email,
    purpose: 'A report that is built on it',
    permissions: ['read'],
  });
  return {
    draft,
    productId,
    ctx: draft.ctx,
    address: { domain: draft.domain.name, name: 'orders' },
    consumer: { id: user.id, ctx: await ctxOf(user) },
  };
}

async function yamlOf(productId: string, change: (spec: DataProduct['spec']) => void) {
  const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  const document = structuredClone(descriptor) as unknown as DataProduct;
  change(document.spec);
  return printDocument(document);
}

const withoutCity = (productId: string) =>
  yamlOf(productId, (spec) => {
    spec.schema = spec.schema.filter((field) => field.name !== 'city');
  });

/** Without what was kept from before: the notification that drops it may still be on its way. */
async function rowsOf({ address, consumer }: Live, query = '') {
  closeServing();
  const signal = new AbortController().signal;
  const { domain, name: product } = address;
  const answer = await openRows(consumer.ctx, { domain, product, query, signal });
  const body = JSON.parse(String(answer.body)) as { rows: Record<string, unknown>[] };
  return { ...answer, rows: body.rows };
}

async function propose({ ctx, productId }: Live, yaml: string) {
  return proposeChange(ctx, { productId, yaml, reason: 'Nobody asked for the city.' });
}

async function activate({ ctx }: Live, versionId: string) {
  const { runId } = await activateVersion(ctx, { versionId });
  if (runId) await provisionRun(inline, deps(), runId);
  return runId;
}

const notNull = (column: string) => ({
  ...{ name: `${column} present`, dimension: 'completeness', check: 'not_null', column },
  ...{ config: {}, reason: '' },
});

/** The breaking change that the tests below start from, in force. */
async function broken(): Promise<Live & { versionId: string }> {
  const product = await live();
  const { versionId } = await propose(product, await withoutCity(product.productId));
  await acknowledgeChange(product.consumer.ctx, { versionId });
  await activate(product, versionId);
  return { ...product, versionId };
}

const laterBy = (days: number) => setClock(() => Date.now() + days * 86_400_000);

it('tells the owner once when the last consumers acknowledge at the same instant', async () => {
  const product = await live();
  const { ctx, productId, draft } = product;
  const others = await Promise.all([makeUser(), makeUser(), makeUser()]);
  for (const { email } of others) {
    const purpose = 'A report that is built on it';
    await grantAccess(ctx, { productId, email, purpose, permissions: ['read'] });
  }
  const { versionId } = await propose(product, await withoutCity(productId));
  const consumers = [product.consumer.ctx, ...(await Promise.all(others.map((one) => ctxOf(one))))];
  const answers = await Promise.all(consumers.map((one) => acknowledgeChange(one, { versionId })));
  expect(answers.map(({ waiting }) => waiting).toSorted()).toEqual([0, 1, 2, 3]);
  const told = { userId: draft.ctx.actor.type === 'user' ? draft.ctx.actor.id : '' };
  const kind = 'contract.acknowledged';
  expect(await db().notification.count({ where: { ...told, kind } })).toBe(1);
});

it('a contract that drops a rule switches it off, and leaves one that was added by hand', async () => {
  const product = await live();
  const { ctx, productId } = product;
  await addRule(ctx, { productId, name: 'some rows', check: 'row_count', config: { min: 1 } });
  const yaml = await yamlOf(productId, (spec) => {
    spec.quality = spec.quality?.filter((rule) => rule.name !== 'id unique');
  });
  const { versionId } = await propose(product, yaml);
  await acknowledgeChange(product.consumer.ctx, { versionId });
  await activate(product, versionId);
  const rules = await db().qualityRule.findMany({
    where: { productId },
    orderBy: { name: 'asc' },
  });
  expect(rules.map(({ name, isEnabled }) => [name, isEnabled])).toEqual([
    ['amount present', true],
    ['id present', true],
    ['id unique', false],
    ['some rows', true],
  ]);
});

describe('a change that breaks nothing', () => {
  it('is recorded from the first version on, takes effect at once and needs nobody', async () => {
    const product = await live();
    const [first] = await listVersions(product.ctx, product.productId);
    expect(first).toMatchObject({ version: '1.0.0', status: 'active' });
    const yaml = await yamlOf(product.productId, (spec) => {
      spec.schema.push({ name: 'town', type: 'string', sourceName: 'city' });
    });
    const { versionId, version } = await propose(product, yaml);
    expect(version).toBe('1.1.0');
    await activate(product, versionId);
    const { rows, headers } = await rowsOf(product);
    expect(rows[0]).toMatchObject({ city: 'Oslo', town: 'Oslo' });
    expect(headers).toMatchObject({ 'x-portolan-version': '1.1.0' });
    expect(headers).not.toHaveProperty('deprecation');
    // Whoever built against 1.0 is answered by what kept its promises.
    expect((await rowsOf(product, 'version=1.0')).headers['x-portolan-version']).toBe('1.1.0');
    const statuses = (await listVersions(product.ctx, product.productId)).map((one) => one.status);
    expect(statuses).toEqual(['active', 'superseded']);
  });

  it('reads what its author may read and nothing else', async () => {
    const { ctx, productId, draft } = await live();
    const domain = await makeDomain();
    const secret = await makeLiveProduct({
      domainId: domain.id,
      ownerId: (await makeMember(domain.id, 'data_admin')).id,
      classification: 'restricted',
      fields: [{ name: 'id', type: 'integer' }],
      sql: 'select 1::int as id',
    });
    const address = `${domain.name}/${secret.product.name}`;
    const rule = await yamlOf(productId, (spec) => {
      const config = { sql: 'select max(id) from s', inputs: { s: address } };
      const params = { ...config, threshold: { mustBe: 0 } };
      spec.quality!.push({ name: 'asks', dimension: 'accuracy', check: 'sql', params } as never);
    });
    const source = await yamlOf(productId, (spec) => {
      spec.source = { type: 'product', product: address };
    });
    for (const yaml of [rule, source]) {
      const { issues } = await checkChange(ctx, { productId, yaml });
      expect(issues.map(({ message }) => message).join()).toContain('is restricted');
    }
    expect(draft.domain.id).not.toBe(domain.id);
  });

  it('does not take effect when it is withdrawn at the same instant', async () => {
    const { ctx, productId } = await live();
    const yaml = await yamlOf(productId, (spec) => {
      spec.schema.push({ name: 'town', type: 'string', sourceName: 'city' });
    });
    const { versionId } = await proposeChange(ctx, { productId, yaml, reason: 'A town.' });
    const other = await pool().connect();
    await other.query('begin');
    await other.query("update contract_version set status = 'withdrawn' where id = $1", [
      versionId,
    ]);
    const activation = activateVersion(ctx, { versionId }).catch((error: unknown) => error);
    const waits = `select 1 from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock' and query like '%contract_version%'`;
    await expect.poll(async () => (await pool().query(waits)).rowCount).toBe(1);
    await other.query('commit');
    other.release();
    expect(await activation).toMatchObject({ code: 'conflict' });
    expect((await listVersions(ctx, productId))[0]?.status).toBe('withdrawn');
    expect(await db().provisioningRun.count({ where: { productId } })).toBe(1);
  });

  it('of words alone keeps the rows that are served', async () => {
    const product = await live();
    const before = (await rowsOf(product)).headers['x-portolan-snapshot'];
    const yaml = await yamlOf(product.productId, (spec) => {
      spec.description = 'Described better.';
    });
    const { versionId, version } = await propose(product, yaml);
    await activate(product, versionId);
    expect(version).toBe('1.0.1');
    expect((await rowsOf(product)).headers['x-portolan-snapshot']).toBe(before);
    const metadata = await productMetadata(product.ctx, product.address.domain, 'orders');
    expect(metadata).toMatchObject({ version: '1.0.1', description: 'Described better.' });
  });
});

describe('the gate of a breaking change', () => {
  it('names who is hit, stays closed until they acknowledge, and tells them', async () => {
    const product = await live();
    const yaml = await withoutCity(product.productId);
    const check = await checkChange(product.ctx, { productId: product.productId, yaml });
    expect(check).toMatchObject({ version: '2.0.0', issues: [] });
    expect(check.impact.consumers).toMatchObject([
      { userId: product.consumer.id, hasGrant: true, isAffected: true },
    ]);
    const { versionId } = await propose(product, yaml);
    await expect(activateVersion(product.ctx, { versionId })).rejects.toThrow(
      'One consumer has not acknowledged',
    );
    const told = await db().notification.findMany({
      where: { userId: product.consumer.id, kind: 'contract.proposed' },
    });
    expect(told[0]?.body).toContain('The field "city" (string) is gone.');
    expect(await openChange(product.consumer.ctx, product.productId)).toMatchObject({
      isAsked: true,
      counts: { asked: 1, acknowledged: 0 },
      can: { activate: false },
    });
    const stranger = await ctxOf(await makeUser());
    await expect(acknowledgeChange(stranger, { versionId })).rejects.toThrow('not asked');
    expect(await acknowledgeChange(product.consumer.ctx, { versionId, note: 'Fine.' })).toEqual({
      waiting: 0,
    });
    await acknowledgeChange(product.consumer.ctx, { versionId });
    expect(await openChange(product.ctx, product.productId)).toMatchObject({ gate: null });
    const events = await db().auditEvent.count({
      where: { action: 'contract.acknowledge', productId: product.productId },
    });
    expect(events).toBe(1);
  });

  it('does not ask whoever is known to use none of the columns that break', async () => {
    const product = await live();
    await rowsOf(product, 'select=amount&order_id=eq.1');
    await flushUsage();
    const yaml = await withoutCity(product.productId);
    const check = await checkChange(product.ctx, { productId: product.productId, yaml });
    expect(check.impact.consumers).toMatchObject([
      { columns: ['amount', 'order_id'], reads: 1, isAffected: false },
    ]);
    const { versionId } = await propose(product, yaml);
    await activate(product, versionId);
    expect((await listVersions(product.ctx, product.productId))[0]).toMatchObject({
      status: 'active',
    });
  });

  it('opens when the window has passed, or when it is overridden with a reason', async () => {
    const product = await live();
    const { versionId } = await propose(product, await withoutCity(product.productId));
    await expect(
      overrideGate(product.ctx, { versionId, reason: 'We cannot wait.' }),
    ).rejects.toThrow('contract.override');
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    await overrideGate(steward, { versionId, reason: 'The law leaves no time.' });
    expect(await openChange(product.ctx, product.productId)).toMatchObject({ gate: null });
    await withdrawChange(product.ctx, { versionId });
    const again = await propose(product, await withoutCity(product.productId));
    await expect(activateVersion(product.ctx, { versionId: again.versionId })).rejects.toThrow(
      'has not acknowledged',
    );
    laterBy(31);
    await activateVersion(product.ctx, { versionId: again.versionId });
  });

  it('refuses what cannot be proposed, in words', async () => {
    const product = await live();
    const { productId, ctx } = product;
    const tried = async (change: (spec: DataProduct['spec']) => void) =>
      proposeChange(ctx, { productId, yaml: await yamlOf(productId, change), reason: 'x' }).catch(
        (error: Error) => error.message,
      );
    expect(await tried(() => {})).toContain('Nothing changes');
    expect(
      await tried((spec) => {
        spec.version = '1.1.0';
        spec.schema.pop();
      }),
    ).toContain('demand at least 2.0.0');
    expect(
      await tried((spec) => {
        spec.owner = 'other@portolan.example';
      }),
    ).toContain('spec.owner cannot change');
    expect(
      await tried((spec) => {
        spec.schema.push({ name: 'gone', type: 'string' });
      }),
    ).toContain('no column "gone"');
    expect(
      await tried((spec) => {
        spec.source = { type: 'product', product: 'no/where' };
      }),
    ).toContain('not a live data product');
    await expect(
      proposeChange(ctx, {
        productId,
        yaml: await withoutCity(productId),
        reason: 'x',
        windowDays: 2,
      }),
    ).rejects.toThrow('at least 14 days');
    await expect(checkChange(product.consumer.ctx, { productId, yaml: 'x' })).rejects.toThrow(
      'product.edit',
    );
    await propose(product, await withoutCity(productId));
    await expect(propose(product, await withoutCity(productId))).rejects.toThrow('Another change');
  });
});

describe('what a steward certified', () => {
  it('stands through a change that breaks nothing, and ends with one that does', async () => {
    const product = await live();
    const { productId } = product;
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await certifyProduct(steward, { productId, reason: 'Its sums were checked.', until });
    const words = await yamlOf(productId, (spec) => {
      spec.description = 'Orders, told better.';
    });
    await activate(product, (await propose(product, words)).versionId);
    expect(await certifiedUntil(steward, productId)).toBe(until);
    const { versionId } = await propose(product, await withoutCity(productId));
    await acknowledgeChange(product.consumer.ctx, { versionId });
    expect(await certifiedUntil(steward, productId)).toBe(until);
    await activate(product, versionId);
    expect(await productCertification(steward, productId)).toMatchObject({
      standing: null,
      history: [{ end: { kind: 'new_version', reason: expect.stringContaining('2.0.0') } }],
    });
  });
});

describe('side by side', () => {
  it('the plain address answers by the new version, the pin by the old, with its day', async () => {
    const product = await broken();
    const plain = await rowsOf(product);
    expect(Object.keys(plain.rows[0]!)).toEqual(['order_id', 'amount']);
    const pinned = await rowsOf(product, 'version=1&city=eq.Oslo');
    expect(pinned.rows).toMatchObject([{ order_id: 1, city: 'Oslo' }, { order_id: 3 }]);
    expect(pinned.headers.deprecation).toMatch(/^@\d{10}$/);
    expect(Date.parse(pinned.headers.sunset!)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(pinned.headers.link).toContain('rel="successor-version"');
    await expect(rowsOf(product, 'version=3')).rejects.toThrow('Version 3');
    await expect(rowsOf(product, 'version=one')).rejects.toThrow('takes a number');
    const [old, now] = await Promise.all([
      productMetadata(product.ctx, product.address.domain, 'orders', '1'),
      productMetadata(product.ctx, product.address.domain, 'orders'),
    ]);
    expect([old.schema.length, now.schema.length, old.version, now.version]).toEqual([
      3,
      2,
      '1.0.0',
      '2.0.0',
    ]);
    const [second, first] = await listVersions(product.ctx, product.productId);
    const diff = await diffVersions(product.ctx, first!.id, second!.id);
    expect(diff.changes.map((one) => one.path)).toEqual(['schema.city']);
  });

  it('of promises alone also leaves each version rows of its own, in its own environment', async () => {
    const product = await live();
    const yaml = await yamlOf(product.productId, (spec) => {
      spec.slo = { ...spec.slo, latency: '< 10 seconds' };
    });
    const { versionId, version } = await propose(product, yaml);
    expect(version).toBe('2.0.0');
    await acknowledgeChange(product.consumer.ctx, { versionId });
    await activate(product, versionId);
    const where = { productId: product.productId };
    const environments = await db().productEnvironment.findMany({
      where,
      orderBy: { environment: 'asc' },
    });
    const snapshots = await db().snapshot.findMany({ where });
    expect(environments.map((one) => one.environment)).toEqual(['production', 'v1']);
    for (const { environment, snapshotId } of environments) {
      expect(snapshots.find((one) => one.id === snapshotId)).toMatchObject({
        environment,
        status: 'ready',
      });
    }
  });

  it('the old version goes on being loaded by its own pipeline', async () => {
    const product = await broken();
    const before = (await rowsOf(product, 'version=1')).headers['x-portolan-snapshot'];
    laterBy(2);
    for (const id of await fireDueSchedules()) await runPipeline(inline, deps(), id);
    const after = await rowsOf(product, 'version=1');
    expect(after.headers['x-portolan-snapshot']).not.toBe(before);
    expect(after.rows[0]).toHaveProperty('city');
    expect((await rowsOf(product)).rows[0]).not.toHaveProperty('city');
  });

  it('each load of the old version is checked by its own contract’s rules, seen under the version', async () => {
    const product = await broken();
    const { productId, ctx, consumer } = product;
    const [atSwitch] = await oldVersions(ctx, productId);
    expect(atSwitch?.quality).toMatchObject({
      ...{ environment: 'v1', failing: [{ name: 'amount present' }] },
    });
    const incidents = await db().qualityIncident.count({ where: { productId } });
    const onlyOslo = { name: 'only Oslo', dimension: 'accuracy', check: 'accepted_values' };
    const old = await db().contractVersion.findUniqueOrThrow({ where: { id: atSwitch!.id } });
    const { spec, ...document } = old.descriptor as unknown as DataProduct;
    const rule = { ...onlyOslo, column: 'city', params: { values: ['Oslo'] } };
    const quality = [...(spec.quality ?? []), rule];
    await db().contractVersion.update({
      where: { id: old.id },
      data: { descriptor: { ...document, spec: { ...spec, quality } } as object },
    });
    const before = await latestQuality(ctx, productId);
    for (const days of [2, 4]) {
      laterBy(days);
      for (const id of await fireDueSchedules()) await runPipeline(inline, deps(), id);
    }
    const [checked] = await oldVersions(ctx, productId);
    const count = (spec.quality ?? []).length;
    expect(checked?.quality).toMatchObject({
      rules: count + 1,
      passed: count - 1,
      failing: [{ name: 'amount present' }, { name: 'only Oslo', failing: 1, checked: 3 }],
    });
    const [seen] = await oldVersions(consumer.ctx, productId);
    expect(seen?.quality?.failing[0]).toMatchObject({ name: 'amount present' });
    // The version in force has no such rule: its results and incidents are its own.
    const now = await latestQuality(ctx, productId);
    expect(now?.results.map((one) => one.name)).toEqual(before?.results.map((one) => one.name));
    expect(await db().qualityIncident.count({ where: { productId } })).toBe(incidents);
    // Failing on is no news.
    const told = await db().notification.findMany({
      where: { userId: product.draft.ownerId, title: { contains: 'in version 1.0.0 of' } },
    });
    expect(told).toMatchObject([{ body: 'amount present\nonly Oslo' }]);
  });

  it('a product that reads it is pinned to the old version until it follows the newest', async () => {
    const source = await live();
    await db().membership.create({
      data: { domainId: source.draft.domain.id, userId: source.consumer.id, role: 'data_producer' },
    });
    const fields = [{ name: 'city', type: 'string' as const }];
    const reader = await makeDraft({
      name: 'cities',
      domain: source.draft.domain,
      data: {
        fields,
        quality: [notNull('city')],
        source: { kind: 'product', product: `${source.address.domain}/orders` },
      },
    });
    const { productId, runId } = await submitProduct(reader.ctx, reader);
    await provisionRun(inline, deps(), runId);
    const { versionId } = await propose(source, await withoutCity(source.productId));
    for (const one of [source.consumer.ctx, reader.ctx])
      await acknowledgeChange(one, { versionId });
    await activate(source, versionId);
    const load = async () => {
      const run = await db().pipelineRun.create({
        data: { id: newId(), productId, environment: 'production', trigger: 'manual' },
      });
      await runPipeline(inline, deps(), run.id);
      return db().pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
    };
    expect(await load()).toMatchObject({ status: 'succeeded', rowsWritten: 3n });
    await followNewest(reader.ctx, { productId, sourceId: source.productId });
    expect(await load()).toMatchObject({ status: 'failed' });
  });

  it('a load that fails leaves the old contract as it was, and says why', async () => {
    const product = await live();
    const yaml = await yamlOf(product.productId, (spec) => {
      spec.schema.find((field) => field.name === 'city')!.type = 'integer';
    });
    const { versionId } = await propose(product, yaml);
    await acknowledgeChange(product.consumer.ctx, { versionId });
    await activate(product, versionId);
    expect(await openChange(product.ctx, product.productId)).toMatchObject({
      status: 'proposed',
      error: expect.stringContaining('cannot be read as integer'),
    });
    expect((await rowsOf(product)).rows[0]).toMatchObject({ city: 'Oslo' });
    expect(
      await db().snapshot.count({
        where: { productId: product.productId, status: { not: 'removed' } },
      }),
    ).toBe(1);
  });

  it('a worker that dies before or in the switch is followed by one that ends it once', async () => {
    for (const at of ['open staging', 'gate staging', 'gate production', 'finish']) {
      const product = await live({ name: 'orders' });
      const { versionId } = await propose(product, await withoutCity(product.productId));
      await acknowledgeChange(product.consumer.ctx, { versionId });
      const { runId } = await activateVersion(product.ctx, { versionId });
      const dies = async (name: string) => {
        if (name === at) throw new Error('killed');
      };
      const first = provisionRun(inline, deps({ checkpoint: dies }), runId!);
      await expect(first).rejects.toThrow('killed');
      expect(Object.keys((await rowsOf(product)).rows[0]!)).toHaveLength(3);
      await provisionRun(inline, deps(), runId!);
      expect(Object.keys((await rowsOf(product)).rows[0]!)).toHaveLength(2);
      expect(Object.keys((await rowsOf(product, 'version=1')).rows[0]!)).toHaveLength(3);
      expect(
        await db().snapshot.count({ where: { productId: product.productId, status: 'ready' } }),
      ).toBe(2);
    }
  });
});

describe('the way of a version to production', () => {
  it('goes through staging and the suites; what they find keeps it a proposal', async () => {
    const product = await live();
    const { productId, ctx } = product;
    const yaml = await yamlOf(productId, (spec) => {
      spec.quality = [
        { name: 'towns', check: 'accepted_values', column: 'city', params: { values: ['Rome'] } },
      ] as typeof spec.quality;
    });
    const { versionId, version } = await propose(product, yaml);
    await acknowledgeChange(product.consumer.ctx, { versionId }).catch(() => undefined);
    const runId = await activate(product, versionId);
    const change = await openChange(ctx, productId);
    expect(change).toMatchObject({ status: 'proposed', runId, gate: null });
    expect(change?.error).toContain('accuracy threshold');
    const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId! } });
    expect(run).toMatchObject({ status: 'held' });
    const suites = await db().testRun.findMany({ where: { runId: runId! } });
    expect(suites.map((one) => one.suite).sort()).toEqual([
      'integration',
      'performance',
      'quality',
      'unit',
    ]);
    expect(new Set(suites.map((one) => one.version))).toEqual(new Set([version]));
    await expect(promoteProduct(ctx, { productId })).rejects.toThrow('accuracy threshold');
    expect((await rowsOf(product)).headers['x-portolan-version']).toBe('1.0.0');
    // Withdrawn, nothing of it stays: not in staging, not on disk.
    await withdrawChange(ctx, { versionId });
    await expect(promoteProduct(ctx, { productId })).rejects.toThrow('nothing in staging');
    await removeOldSnapshots();
    const where = { productId, environment: 'staging', status: { not: 'removed' } };
    expect(await db().snapshot.count({ where })).toBe(0);
    expect(await readdir(path.join(env().home, 'lake', productId, 'staging'))).toEqual([]);
  });

  it('is a release; a rollback stays within the version and says the way back', async () => {
    const product = await broken();
    const { productId, ctx } = product;
    const lifecycle = await productLifecycle(ctx, productId);
    expect(lifecycle.releases).toMatchObject([
      { number: 2, version: '2.0.0', isServed: true },
      { number: 1, version: '1.0.0', isServed: false, isBlue: false },
    ]);
    await expect(rollBack(ctx, { productId })).rejects.toThrow('propose its contract anew');
    const yaml = await yamlOf(productId, (spec) => {
      spec.schema.push({ name: 'town', type: 'string', sourceName: 'city' });
    });
    const { versionId } = await propose(product, yaml);
    await activate(product, versionId);
    await expect(rollBack(ctx, { productId })).rejects.toThrow('stays within a version');
    expect((await rowsOf(product)).headers['x-portolan-version']).toBe('2.1.0');
  });

  it('a page that was begun ends on its snapshot, and the past of a version is read by its pin', async () => {
    const product = await live();
    const first = await rowsOf(product, 'limit=1&count=exact');
    const { nextPage } = JSON.parse(String(first.body)) as { nextPage: string };
    const { versionId } = await propose(product, await withoutCity(product.productId));
    await acknowledgeChange(product.consumer.ctx, { versionId });
    await activate(product, versionId);
    const next = await rowsOf(product, `limit=1&page=${encodeURIComponent(nextPage)}`);
    expect(next.rows).toMatchObject([{ order_id: 2, city: 'Bergen' }]);
    expect(next.headers).toMatchObject({
      'x-portolan-version': '1.0.0',
      'x-portolan-snapshot': first.headers['x-portolan-snapshot'],
    });
    expect((await rowsOf(product, 'version=1&asOf=1')).rows[0]).toHaveProperty('city');
    await expect(rowsOf(product, 'asOf=1')).rejects.toThrow('as of 1');
    await expect(rowsOf(product, 'version=1&environment=staging')).rejects.toThrow('one candidate');
  });
});

describe('the sunset', () => {
  it('retires the old version on its day: 410 with the way on, files destroyed', async () => {
    const product = await broken();
    const { productId } = product;
    const old = (await listVersions(product.ctx, productId)).find(
      (one) => one.status === 'deprecated',
    )!;
    await sunsetRun(inline, deps(), old.id);
    expect((await rowsOf(product, 'version=1')).rows).toHaveLength(3);
    laterBy(31);
    await fireSunsets();
    await fireSunsets();
    const jobs = await db()
      .$queryRaw`select name from dbos.workflow_status where workflow_uuid like ${`sunset:${old.id}:%`}`;
    expect(jobs).toEqual([{ name: 'version-sunset' }]);
    const dies = deps({
      checkpoint: async () => {
        throw new Error('killed');
      },
    });
    await expect(sunsetRun(inline, dies, old.id)).rejects.toThrow('killed');
    await heard();
    await expect(rowsOf(product, 'version=1')).rejects.toMatchObject({
      code: 'gone',
      message: expect.stringContaining('Version 2.0.0 is in force'),
    });
    await sunsetRun(inline, deps(), old.id);
    expect((await rowsOf(product)).rows).toHaveLength(3);
    const files = await readdir(path.join(env().home, 'lake', productId), { recursive: true });
    expect(files.filter((file) => file.endsWith('.parquet'))).toHaveLength(1);
    expect(await db().productEnvironment.count({ where: { productId } })).toBe(1);
  });

  it('is told before and after to those who use the version, once for each reminder', async () => {
    const product = await broken();
    const { productId, consumer, ctx } = product;
    await rowsOf(product, 'version=1');
    await flushUsage();
    const titles = async () => {
      const where = { userId: consumer.id, kind: 'contract.sunset' };
      const rows = await db().notification.findMany({ where, orderBy: { createdAt: 'asc' } });
      return rows.map((one) => one.title);
    };
    // In force with 30 days left: that was told with the switch.
    await fireSunsets();
    expect(await titles()).toEqual([]);
    const what = `Version 1.0.0 of ${product.address.domain}/orders`;
    for (const days of [20, 23.5, 26, 29.5, 29.8]) {
      laterBy(days);
      await fireSunsets();
      await fireSunsets();
    }
    expect(await titles()).toEqual([
      expect.stringMatching(`^${what} ends in 7 days, on 20`),
      expect.stringMatching(`^${what} ends in 1 day, on 20`),
    ]);
    laterBy(30.1);
    await fireSunsets();
    const [old] = await oldVersions(ctx, productId);
    await sunsetRun(inline, deps(), old!.id);
    expect((await titles()).at(-1)).toBe(`${what} is retired`);
    const row = await db().auditEvent.findFirst({
      where: { productId, action: 'contract.retired' },
    });
    expect(row?.actorLabel).toBe('system:worker');
  });

  it('waits for a legal hold, which is told to the owner, and comes when it is released', async () => {
    const product = await broken();
    const { productId, ctx } = product;
    const [old] = await oldVersions(ctx, productId);
    const holdId = newId();
    const { ownerId } = product.draft;
    await db().legalHold.create({
      data: { id: holdId, productId, reason: 'A dispute', placedById: ownerId },
    });
    const reason = 'Everybody has moved on.';
    await expect(endVersion(ctx, { versionId: old!.id, reason })).rejects.toThrow('legal hold');
    laterBy(31);
    for (let round = 0; round < 2; round += 1) await fireSunsets();
    await sunsetRun(inline, deps(), old!.id);
    expect((await rowsOf(product, 'version=1')).rows).toHaveLength(3);
    const told = { userId: ownerId, title: { contains: 'cannot be taken down yet' } };
    expect(await db().notification.findMany({ where: told })).toMatchObject([
      { body: expect.stringContaining('It is under a legal hold.') },
    ]);
    await db().legalHold.update({ where: { id: holdId }, data: { releasedAt: new Date() } });
    await fireSunsets();
    await sunsetRun(inline, deps(), old!.id);
    await expect(rowsOf(product, 'version=1')).rejects.toMatchObject({ code: 'gone' });
  });

  it('comes early only with a reason from who may, while somebody still reads', async () => {
    const product = await broken();
    await rowsOf(product, 'version=1');
    await flushUsage();
    const [old] = await oldVersions(product.ctx, product.productId);
    expect(old).toMatchObject({ version: '1.0.0', readers: 1, canEnd: false });
    const reason = 'Everybody has moved on.';
    await expect(endVersion(product.ctx, { versionId: old!.id, reason })).rejects.toThrow(
      'contract.override',
    );
    const admin = await ctxOf(await makeMember(product.draft.domain.id, 'data_admin'));
    await endVersion(admin, { versionId: old!.id, reason });
    await sunsetRun(inline, deps(), old!.id);
    await expect(rowsOf(product, 'version=1')).rejects.toMatchObject({ code: 'gone' });
  });

  it('a product that retires takes all its versions with it', async () => {
    const product = await broken();
    const { productId } = product;
    const confirm = `${product.address.domain}/orders`;
    const { runId } = await retireProduct(product.ctx, { productId, confirm, force: true });
    await retireRun(inline, deps(), runId);
    const statuses = (await listVersions(product.ctx, productId)).map((one) => one.status);
    expect(statuses).toEqual(['retired', 'retired']);
    expect(await db().snapshot.count({ where: { productId, status: { not: 'removed' } } })).toBe(0);
    await expect(rowsOf(product, 'version=1')).rejects.toMatchObject({ code: 'gone' });
  });
});
