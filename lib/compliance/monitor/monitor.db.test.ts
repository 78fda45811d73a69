import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grantAccess } from '@/lib/access';
import { setDisabled } from '@/lib/auth';
import { type Ctx, db, newId, pool, setClock, systemCtx } from '@/lib/core';
import { decideWaiver, requestWaiver, seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import type { SchemaField } from '@/lib/specs';
import {
  complianceOverview,
  fireDueMonitors,
  getViolation,
  listViolations,
  monitorChange,
  runMonitor,
  runMonitorNow,
} from '..';

useTestDatabase();
const DAY = 86_400_000;
let steward: Ctx;
let admin: Ctx;
let owner: { id: string; email: string };
let salesId: string;
beforeAll(async () => {
  const sales = await makeDomain({ name: 'sales' });
  salesId = sales.id;
  await makeDomain({ name: 'finance' });
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
  owner = await makeMember(sales.id, 'data_producer');
  await seedPolicies(systemCtx('seed'));
});
afterEach(async () => {
  setClock(undefined);
  await db().monitorRun.deleteMany();
  await db().monitorSchedule.deleteMany();
  await db().violation.deleteMany();
  await db().notification.deleteMany();
});

const ID: SchemaField = { name: 'id', type: 'long', description: 'Number' };
const make = (change: Partial<Parameters<typeof makeLiveProduct>[0]> = {}) =>
  makeLiveProduct({
    domainId: salesId,
    ownerId: owner.id,
    fields: [ID],
    sql: 'SELECT 1::BIGINT AS id',
    isEncrypted: true,
    ...change,
  });

/** One round of a rule over one product. @returns what is open there now */
async function round(rule: string, productId: string) {
  const { runId } = await runMonitorNow(steward, { rule, productId });
  await runMonitor(runId);
  const run = await db().monitorRun.findUniqueOrThrow({ where: { id: runId } });
  expect([run.status, run.error]).toEqual(['succeeded', null]);
  const { violations } = await listViolations(steward, {});
  return { run, open: violations.filter((one) => one.product?.id === productId) };
}
const jobs = async () => {
  const { rows } = await pool().query<{ inputs: string }>(
    `select inputs from dbos.workflow_status where name = 'monitor'`,
  );
  return rows.length;
};

describe('what the rules find in real files and rows', () => {
  it('files that lie open, until they are encrypted', async () => {
    const { product } = await make({ isEncrypted: false });
    const { open } = await round('encryption', product.id);
    expect(open).toMatchObject([{ rule: 'encryption', level: 'error', occurrences: 1 }]);
    const detail = await getViolation(steward, open[0]!.id);
    expect(detail.evidence).toHaveLength(1);
    expect(detail.evidence[0]).toMatchObject({ Environment: 'production', Snapshot: 1 });
    await addSnapshot({
      productId: product.id,
      fields: [ID],
      sql: 'SELECT 1 AS id',
      isEncrypted: true,
    });
    await db().snapshot.updateMany({
      where: { productId: product.id, number: 1 },
      data: { status: 'removed' },
    });
    const after = await round('encryption', product.id);
    expect([after.open, after.run.resolved]).toEqual([[], 1]);
  });

  it('personal data by values and by names, marked nowhere, and says no value', async () => {
    const fields: SchemaField[] = [
      ID,
      { name: 'contact', type: 'string' },
      { name: 'person', type: 'struct', fields: [{ name: 'birth_date', type: 'date' }] },
      { name: 'city', type: 'string' },
    ];
    const { product } = await make({
      fields,
      sql: `SELECT i AS id, 'p' || i || '@secret.example' AS contact,
        {'birth_date': DATE '1990-01-01'} AS person, 'Oslo' AS city FROM range(500) t(i)`,
    });
    const { open } = await round('classification_drift', product.id);
    expect(open).toMatchObject([{ level: 'warning', regulations: ['gdpr', 'ccpa'] }]);
    const { evidence } = await getViolation(steward, open[0]!.id);
    expect(evidence.map((row) => [row.Column, row['Seems to hold']])).toEqual([
      ['contact', 'email'],
      ['person.birth_date', 'birth date'],
    ]);
    const { rows } = await pool().query(
      `select count(*)::int as n from violation where violation::text like '%secret.example%'`,
    );
    expect(rows).toEqual([{ n: 0 }]);
    const marked = fields.map((field) =>
      field.name === 'contact' || field.name === 'person' ? { ...field, pii: true } : field,
    );
    const before = product.descriptor as { spec: object };
    await db().product.update({
      where: { id: product.id },
      data: { descriptor: { ...before, spec: { ...before.spec, schema: marked } } as object },
    });
    expect((await round('classification_drift', product.id)).open).toEqual([]);
  });

  it('a grant whose person was disabled, and it resolves with the grant', async () => {
    const { product } = await make();
    const reader = await makeUser();
    const { grantId } = await grantAccess(await ctxOf(owner), {
      productId: product.id,
      email: reader.email,
      purpose: 'A report',
    });
    expect((await round('access_control', product.id)).open).toEqual([]);
    await setDisabled(admin, { userId: reader.id, isDisabled: true });
    const { open } = await round('access_control', product.id);
    expect(open).toMatchObject([{ rule: 'access_control', level: 'error' }]);
    const { evidence } = await getViolation(steward, open[0]!.id);
    expect(evidence).toMatchObject([{ Person: reader.email, Ends: 'never' }]);
    await db().grant.update({ where: { id: grantId }, data: { revokedAt: new Date() } });
    expect((await round('access_control', product.id)).open).toEqual([]);
  });

  it('an owner who left, quality below the threshold, snapshots past their time', async () => {
    const leaver = await makeMember(salesId, 'data_producer');
    const { product } = await make({ ownerId: leaver.id });
    await db().membership.deleteMany({ where: { userId: leaver.id } });
    expect((await round('ownership', product.id)).open).toMatchObject([{ level: 'error' }]);

    const { product: bad } = await make({ fields: [ID], sql: 'SELECT NULL::BIGINT AS id' });
    const rule = await db().qualityRule.create({
      data: {
        id: newId(),
        productId: bad.id,
        name: 'id is there',
        dimension: 'completeness',
        check: 'not_null',
        column: 'id',
      },
    });
    await db().qualityRun.create({
      data: {
        id: newId(),
        productId: bad.id,
        snapshotId: 's',
        scores: { completeness: 60 },
        finishedAt: new Date(),
        results: { create: { ruleId: rule.id, passed: false, failing: 4, checked: 10, score: 60 } },
      },
    });
    const quality = await round('data_quality', bad.id);
    expect(quality.open).toMatchObject([
      { level: 'warning', title: expect.stringContaining('completeness') },
    ]);
    expect((await getViolation(steward, quality.open[0]!.id)).evidence).toEqual([
      { Check: 'id is there', Column: 'id', 'Bad rows': 4, 'Rows checked': 10, 'Good, %': 60 },
    ]);

    await db().snapshot.updateMany({
      where: { productId: bad.id },
      data: { createdAt: new Date(Date.now() - 4 * 366 * DAY) },
    });
    expect((await round('data_retention', bad.id)).open).toMatchObject(
      [{ rule: 'data_quality' }, { rule: 'data_retention' }].reverse(),
    );
    await db().legalHold.create({
      data: { id: newId(), productId: bad.id, reason: 'A case', placedById: 'x' },
    });
    const held = await round('data_retention', bad.id);
    expect(held.open.map((one) => one.rule)).toEqual(['data_quality']);
    await db().legalHold.deleteMany();
  });
});

it('rows that are older than their time by the column that was chosen', async () => {
  const { product } = await make({
    fields: [ID, { name: 'sold_at', type: 'date' }],
    sql: `SELECT i AS id, DATE '2015-01-01' + i::INTEGER AS sold_at FROM range(10) t(i)
      UNION ALL SELECT 99, current_date`,
  });
  expect((await round('data_retention', product.id)).open).toEqual([]);
  await db().retentionColumn.create({
    data: { productId: product.id, column: 'sold_at', setById: owner.id },
  });
  const { open } = await round('data_retention', product.id);
  expect(open).toMatchObject([{ rule: 'data_retention', level: 'warning' }]);
  expect((await getViolation(steward, open[0]!.id)).evidence).toEqual([
    { Column: 'sold_at', Rows: 10, Oldest: '2015-01-01' },
  ]);
});

describe('a violation’s life', () => {
  it('is one row however often it is found; told once; resolved, reopened, and waived', async () => {
    const { product } = await make({
      classification: 'public',
      fields: [{ name: 'mail', type: 'string', pii: true, description: 'Mail' }],
      sql: `SELECT 'x' AS mail`,
    });
    const errors = async () =>
      (await round('validation', product.id)).open.filter((one) => one.level === 'error');
    const first = await errors();
    expect(first).toMatchObject([{ rule: 'pii-classification', regulations: ['gdpr', 'ccpa'] }]);
    expect(await errors()).toMatchObject([{ id: first[0]!.id, occurrences: 2 }]);
    const told = await db().notification.findMany({
      where: { userId: owner.id, href: { endsWith: first[0]!.id } },
    });
    expect(told.map((one) => one.kind)).toEqual(['violation.opened']);

    const ask = { productId: product.id, ruleId: 'pii-classification', owner: owner.email };
    const { waiverId } = await requestWaiver(await ctxOf(owner), {
      ...ask,
      reason: 'The source is mended soon',
      expiresAt: new Date(Date.now() + DAY).toISOString(),
    });
    await decideWaiver(steward, { waiverId, decision: 'approve' });
    expect(await errors()).toEqual([]);
    expect(await getViolation(steward, first[0]!.id)).toMatchObject({ resolution: 'waived' });
    await decideWaiver(steward, { waiverId, decision: 'revoke', note: 'Enough time' });
    expect(await errors()).toMatchObject([{ id: first[0]!.id, status: 'open', resolution: null }]);

    await db().product.update({ where: { id: product.id }, data: { status: 'retired' } });
    expect((await round('validation', product.id)).open).toEqual([]);
    const { events, resolution } = await getViolation(steward, first[0]!.id);
    expect(resolution).toBe('fixed');
    expect(events.map((one) => one.kind)).toEqual(['resolved', 'reopened', 'resolved', 'opened']);
  });

  it('is opened once by two workers, and a repeated run counts nothing twice', async () => {
    const { product } = await make({ isEncrypted: false });
    const { runId } = await runMonitorNow(steward, { rule: 'encryption', productId: product.id });
    const other = newId();
    await db().monitorRun.create({
      data: {
        id: other,
        rule: 'encryption',
        trigger: 'change',
        dueAt: new Date(),
        productId: product.id,
      },
    });
    await Promise.all([runMonitor(runId), runMonitor(other)]);
    const found = await db().violation.findMany({ where: { productId: product.id } });
    expect(found).toHaveLength(1);
    const opened = await db().violationEvent.findMany({ where: { violationId: found[0]!.id } });
    expect(opened.map((one) => one.kind)).toEqual(['opened']);

    const again = newId();
    const startedAt = new Date();
    await db().monitorRun.create({
      data: {
        id: again,
        rule: 'encryption',
        trigger: 'manual',
        dueAt: startedAt,
        productId: product.id,
        status: 'running',
        startedAt,
      },
    });
    await runMonitor(again);
    await db().monitorRun.update({ where: { id: again }, data: { status: 'running' } });
    await runMonitor(again);
    const counted = await db().violation.findUniqueOrThrow({ where: { id: found[0]!.id } });
    expect(counted.occurrences).toBe(found[0]!.occurrences + 1);
    const run = await db().monitorRun.findUniqueOrThrow({ where: { id: again } });
    expect(run).toMatchObject({ opened: 0, checked: 1 });
  });

  it('that many products share is told one by one at first, then as a summary', async () => {
    await db().product.updateMany({ data: { status: 'retired' } });
    const dana = await makeMember(salesId, 'data_admin');
    const { product } = await make({ isEncrypted: false });
    await pool().query(
      `insert into product (id, "domainId", name, title, description, "ownerId", classification, status, template, descriptor)
       select id || i, "domainId", name || i, title, description, "ownerId", classification, status, template, descriptor
       from product, generate_series(1, 60) i where id = $1`,
      [product.id],
    );
    await pool().query(
      `insert into product_environment ("productId", environment, status, "updatedAt")
       select id, 'production', 'live', now() from product where id like $1 || '_%'`,
      [product.id],
    );
    await pool().query(`delete from membership where "userId" = $1`, [owner.id]);
    const { runId } = await runMonitorNow(steward, { rule: 'ownership' });
    await runMonitor(runId);
    const run = await db().monitorRun.findUniqueOrThrow({ where: { id: runId } });
    expect([run.checked, run.opened]).toEqual([61, 61]);
    const titles = await db().notification.findMany({
      where: { userId: dana.id },
      select: { title: true },
    });
    expect(titles).toHaveLength(51);
    expect(titles.map((one) => one.title)).toContainEqual(
      'Somebody who is there answers for the product: 61 new violations',
    );
    await db().membership.create({
      data: { userId: owner.id, domainId: salesId, role: 'data_producer' },
    });
    await db().product.updateMany({
      where: { id: { startsWith: product.id } },
      data: { status: 'retired' },
    });
  });

  it('that a file cannot be read neither opens nor resolves anything, and is said', async () => {
    const { product, snapshot } = await make({
      fields: [{ name: 'contact', type: 'string' }],
      sql: `SELECT 'p' || i || '@x.example' AS contact FROM range(9) t(i)`,
      isEncrypted: false,
    });
    expect((await round('classification_drift', product.id)).open).toHaveLength(1);
    await db().snapshotFile.updateMany({
      where: { snapshotId: snapshot.id },
      data: { path: `${product.id}/production/gone.parquet` },
    });
    const { runId } = await runMonitorNow(steward, {
      rule: 'classification_drift',
      productId: product.id,
    });
    await runMonitor(runId);
    const run = await db().monitorRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run.error).toMatch(/^1 could not be read: sales\//);
    expect(await db().violation.count({ where: { productId: product.id, status: 'open' } })).toBe(
      1,
    );
  });
});

describe('the schedule', () => {
  it('fires each rule once, with several workers at the same moment', async () => {
    const before = await jobs();
    const fired = await Promise.all(Array.from({ length: 4 }, () => fireDueMonitors()));
    expect(fired.flat()).toHaveLength(7);
    expect(await jobs()).toBe(before + 7);
    const rules = await db().monitorRun.findMany();
    expect(new Set(rules.map((run) => run.rule)).size).toBe(7);
    expect(await fireDueMonitors()).toEqual([]);
  });

  it('catches up after a standstill with one run a rule, and keeps its frequencies', async () => {
    const start = Date.now();
    await fireDueMonitors();
    const at = async (ms: number) => {
      setClock(() => start + ms);
      const ids = await fireDueMonitors();
      const runs = await db().monitorRun.findMany({ where: { id: { in: ids } } });
      return runs.map((run) => run.rule).sort();
    };
    expect(await at(60_000)).toEqual([]);
    expect(await at(301_000)).toEqual(['access_control']);
    expect(await at(3_601_000)).toEqual([
      'access_control',
      'data_quality',
      'encryption',
      'ownership',
      'validation',
    ]);
    expect(await at(5 * DAY)).toHaveLength(7);
    expect(await at(5 * DAY + 1000)).toEqual([]);
  });

  it('goes by the policy that asks most often, as soon as it is in force', async () => {
    await fireDueMonitors();
    const document = {
      apiVersion: 'v1',
      kind: 'DataGovernancePolicy',
      metadata: { name: 'often', namespace: 'sales-domain' },
      spec: { monitoring: [{ rule: 'data_retention', frequency: '10_minutes' }] },
    };
    const id = newId();
    await db().policyDocument.create({
      data: {
        id,
        name: 'often',
        domainId: salesId,
        version: 1,
        stage: 'enforced',
        yaml: '',
        document,
      },
    });
    (globalThis as { __portolanPolicies?: unknown }).__portolanPolicies = undefined;
    setClock(() => Date.now() + 601_000);
    const ids = await fireDueMonitors();
    const runs = await db().monitorRun.findMany({ where: { id: { in: ids } } });
    expect(runs.map((run) => run.rule)).toContain('data_retention');
    await db().policyDocument.delete({ where: { id } });
    (globalThis as { __portolanPolicies?: unknown }).__portolanPolicies = undefined;
  });

  it('a change is judged by every rule the first time, later by those in real time and those it concerns', async () => {
    const { product } = await make({ isEncrypted: false });
    const rulesOf = async () => {
      await monitorChange(product.id);
      const runs = await db().monitorRun.findMany({
        where: { productId: product.id, status: 'queued' },
      });
      for (const { id } of runs) await runMonitor(id);
      return runs.map((run) => run.rule).sort();
    };
    expect(await rulesOf()).toHaveLength(7);
    const again = await rulesOf();
    expect(again).toEqual(expect.arrayContaining(['access_control', 'encryption']));
    expect(again).not.toContain('classification_drift');
  });
});

it('shows how the organisation stands, to each what is theirs', async () => {
  const { product } = await make({ isEncrypted: false });
  await round('encryption', product.id);
  const seen = await complianceOverview(steward);
  expect(seen.rules.find((one) => one.name === 'encryption')).toMatchObject({
    errors: 1,
    frequency: 'hourly',
  });
  expect(seen.domains).toEqual([{ name: 'sales', errors: 1, warnings: 0 }]);
  expect(seen.trend).toHaveLength(30);
  expect(seen.trend.at(-1)?.value).toBeGreaterThanOrEqual(1);
  const stranger = await ctxOf(await makeUser());
  const none = await complianceOverview(stranger);
  expect([none.totals.errors, none.domains, none.canRun]).toEqual([0, [], false]);
  expect((await listViolations(stranger)).violations).toEqual([]);
  await expect(runMonitorNow(stranger, { rule: 'encryption' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});
