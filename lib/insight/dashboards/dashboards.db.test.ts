import { beforeAll, expect, it } from 'vitest';
import { type Ctx, db, newId, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { flushUsage, recordUsage } from '@/lib/serving';
import { chartCsv, getDashboard, metricMarks, type Scope } from '..';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const at = (text: string) => new Date(`2026-${text}Z`);
let viewer: Ctx;
let steward: Ctx;
let insider: Ctx;
let orders: string;
let visits: string;
beforeAll(async () => {
  setClock(() => NOW);
  const sales = await makeDomain({ name: 'sales', title: 'Sales' });
  const legal = await makeDomain({ name: 'legal', title: 'Legal' });
  const owner = await makeMember(sales.id, 'data_producer');
  insider = await ctxOf(await makeMember(sales.id, 'data_producer'));
  viewer = await ctxOf(await makeUser());
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  orders = (await makeProduct({ domainId: sales.id, ownerId: owner.id, name: 'orders' })).id;
  visits = (await makeProduct({ domainId: legal.id, ownerId: owner.id, name: 'visits' })).id;
  await promises();
  await scores(sales.id);
  await use();
  await rules(sales.id, owner.id);
});

/** An availability of 99% with 1,000 minutes of which 5 failed, a freshness of 90% with 100 of which 20 failed. */
async function promises() {
  const objective = (id: string, productId: string, kind: string, target: number) =>
    db().sloObjective.create({
      data: {
        ...{ id, productId, key: kind, kind, title: kind, origin: 'contract', target },
        since: at('03-01T00:00:00'),
      },
    });
  await objective('answers', orders, 'availability', 0.99);
  await objective('fresh', visits, 'freshness', 0.9);
  const day = (objectiveId: string, on: string, measured: number, good: number) =>
    db().sloDay.create({
      data: {
        ...{ objectiveId, day: at(`${on}T00:00:00`), measured, good, outage: 0 },
        ...{ goodEvents: good, events: measured },
      },
    });
  await day('answers', '03-10', 1000, 995);
  await day('answers', '03-05', 1000, 1000);
  await day('fresh', '03-11', 100, 80);
  const incident = (id: string, policy: string, opened: string, ended: string | null) =>
    db().sloIncident.create({
      data: {
        ...{ id, objectiveId: 'fresh', policy, cause: 'product', peakBurn: 20 },
        ...{ openedAt: at(opened), endedAt: ended && at(ended) },
      },
    });
  await incident('fast', 'fast', '03-11T10:00:00', '03-11T12:00:00');
  await incident('slow', 'slow', '03-12T10:00:00', null);
}

async function scores(domainId: string) {
  const run = (productId: string, on: string, found: Record<string, number>) =>
    db().qualityRun.create({
      data: {
        ...{ id: newId(), productId, snapshotId: 'x', environment: 'production', scores: found },
        ...{ startedAt: at(`${on}T08:00:00`), finishedAt: at(`${on}T08:01:00`) },
      },
    });
  await run(orders, '03-10', { completeness: 90, accuracy: 70 });
  await run(orders, '03-12', { completeness: 100 });
  await run(orders, '03-04', { completeness: 60 });
  await run(visits, '03-10', { completeness: 98 });
  const incident = (id: string, opened: string, resolved: string | null) =>
    db().qualityIncident.create({
      data: {
        ...{
          id,
          productId: orders,
          domainId,
          ruleName: 'no gaps',
          message: '',
          dimension: 'completeness',
        },
        ...{
          level: 'error',
          status: resolved ? 'resolved' : 'open',
          runId: 'r',
          lastSeenAt: at(opened),
        },
        ...{ openedAt: at(opened), resolvedAt: resolved && at(resolved) },
      },
    });
  await incident('early', '03-10T09:00:00', '03-13T09:00:00');
  await incident('late', '03-13T10:00:00', null);
}

async function use() {
  const read = async (ctx: Ctx, on: string, productId: string, status: number, count: number) => {
    setClock(() => at(`${on}T09:00:00`).getTime());
    for (let left = count; left > 0; left -= 1)
      recordUsage(ctx, {
        ...{ productId, shape: 'rows', format: 'json', status, rowCount: 1, sizeBytes: 10 },
        ...{ latencyMs: 1, decisionId: null },
      });
    await flushUsage();
    setClock(() => NOW);
  };
  await read(viewer, '03-10', orders, 200, 4);
  await read(insider, '03-10', orders, 200, 3);
  await read(insider, '03-11', visits, 200, 1);
  await read(viewer, '03-12', orders, 403, 2);
  const release = (productId: string, number: number, version: string, on: string) =>
    db().release.create({
      data: {
        ...{ id: newId(), productId, number, version, descriptor: {}, etl: {} },
        ...{ runId: newId(), createdAt: at(`${on}T07:00:00`) },
      },
    });
  await release(orders, 1, '1.0.0', '03-02');
  await release(orders, 2, '2.0.0', '03-11');
  await release(visits, 1, '1.0.0', '03-12');
  await db().productInput.create({
    data: { productId: visits, sourceId: orders, alias: 'orders' },
  });
}

async function rules(domainId: string, ownerId: string) {
  const found = (id: string, level: string, opened: string, over: string | null) =>
    db().violation.create({
      data: {
        ...{
          id,
          rule: 'encryption',
          level,
          productId: orders,
          domainId,
          dedupeKey: `encryption:${id}`,
        },
        ...{ title: id, message: id, status: over ? 'resolved' : 'open', firstSeenAt: at(opened) },
        resolvedAt: over && at(over),
        events: {
          create: [
            { id: newId(), kind: 'opened', at: at(opened) },
            ...(over ? [{ id: newId(), kind: 'resolved', at: at(over) }] : []),
          ],
        },
      },
    });
  await found('gone', 'error', '03-05T00:00:00', '03-11T00:00:00');
  await found('here', 'error', '03-12T00:00:00', null);
  await found('mild', 'warning', '03-12T01:00:00', null);
  await db().waiver.create({
    data: {
      ...{ id: 'waiver', productId: orders, ruleId: 'owner', reason: 'Until the move', ownerId },
      ...{ status: 'approved', expiresAt: at('04-01T00:00:00') },
    },
  });
  await db().policyDocument.create({
    data: {
      ...{
        id: 'policy',
        name: 'house-rules',
        version: 3,
        stage: 'superseded',
        yaml: '',
        document: {},
      },
      activatedAt: at('03-09T10:00:00'),
    },
  });
}

const WEEK = { range: '7d' } as const;
async function chart(id: string, name: string, scope: Scope = WEEK, ctx = steward) {
  const { charts } = await getDashboard(ctx, id, scope);
  const { series } = charts.find((one) => one.id === name)!;
  return Object.fromEntries(series.map((one) => [one.key, one]));
}
async function rank(id: string, name: string, scope: Scope = WEEK, ctx = steward) {
  const { ranks } = await getDashboard(ctx, id, scope);
  return ranks.find((one) => one.id === name)!.rows;
}

it('objectives: attainment and burn by kind, alerts, and which has least left', async () => {
  const attained = await chart('slos', 'slo_attainment');
  expect(attained.availability).toMatchObject({ value: 99.5, previous: 100 });
  expect(attained.availability!.values).toEqual([null, 99.5, null, null, null, null, null]);
  expect(attained.freshness).toMatchObject({ value: 80, previous: null });
  expect(attained.latency!.value).toBeNull();
  const burnt = await chart('slos', 'budget_burn');
  expect(burnt.availability!.value).toBeCloseTo(50, 6);
  expect(burnt.availability!.previous).toBeCloseTo(0, 9);
  expect(burnt.freshness!.value).toBeCloseTo(200, 6);
  const alerts = await chart('slos', 'burn_alerts');
  expect(alerts.opened!.values).toEqual([0, 0, 1, 1, 0, 0, 0]);
  expect([alerts.opened!.value, alerts.ended!.value]).toEqual([2, 1]);
  const rows = await rank('slos', 'worst_objectives');
  expect(rows.map(({ title, alarm, href }) => ({ title, alarm, href }))).toEqual([
    { title: 'visits: freshness', alarm: 'burns', href: '/products/legal/visits/slo' },
    { title: 'orders: availability', alarm: null, href: '/products/sales/orders/slo' },
  ]);
  expect(rows[0]!.cells.left).toBeCloseTo(-100, 6);
  expect(rows[1]!.cells.left).toBeCloseTo(50, 6);
  expect(rows[1]!.cells).toMatchObject({ attained: 99.5, target: 99, measured: 1000 });
});

it('quality: every dimension, incidents from begin to end, and the lowest scores', async () => {
  const scored = await chart('quality', 'score_by_dimension');
  expect(scored.completeness).toMatchObject({ value: 96, previous: 60 });
  expect(scored.completeness!.values).toEqual([null, 94, null, 100, null, null, null]);
  expect(scored.accuracy).toMatchObject({ value: 70, previous: null });
  const { opened, resolved } = await chart('quality', 'quality_incidents');
  expect([opened!.values, resolved!.values]).toEqual([
    [0, 1, 0, 0, 1, 0, 0],
    [0, 0, 0, 0, 1, 0, 0],
  ]);
  expect(await rank('quality', 'worst_products')).toMatchObject([
    { detail: 'sales/orders', alarm: 'incident open', cells: { score: 90, before: 60, open: 1 } },
    { detail: 'legal/visits', alarm: null, cells: { score: 98, before: null, open: 0 } },
  ]);
});

it('value: who reads across domains, what is new, what is used most', async () => {
  const { other, own } = await chart('value', 'reads_across_domains');
  expect([other!.value, own!.value]).toEqual([5, 3]);
  expect(other!.values).toEqual([0, 4, 1, 0, 0, 0, 0]);
  const fresh = await chart('value', 'innovation_by_kind');
  const values = Object.entries(fresh).map(([key, one]) => [key, one.value, one.previous]);
  expect(values).toEqual([
    ['product', 0, 1],
    ['derived', 0, 0],
    ['crossing', 1, 0],
    ['version', 1, 0],
  ]);
  expect(await rank('value', 'most_used')).toMatchObject([
    { detail: 'sales/orders', cells: { reads: 7, people: 2, stars: null } },
    { detail: 'legal/visits', cells: { reads: 1, people: 1, stars: null } },
  ]);
});

it('compliance: violations and waivers of those who have to do with them, refusals of all', async () => {
  const { opened, resolved } = await chart('compliance', 'violations');
  expect([opened!.values, resolved!.values]).toEqual([
    [0, 0, 0, 2, 0, 0, 0],
    [0, 0, 1, 0, 0, 0, 0],
  ]);
  expect(opened!.before).toEqual([0, 0, 0, 1, 0, 0, 0]);
  expect((await chart('compliance', 'refused_reads')).refused!.value).toBe(2);
  expect(await rank('compliance', 'violations_by_rule')).toMatchObject([
    { title: 'encryption', cells: { errors: 1, warnings: 1, opened: 2, resolved: 1 } },
  ]);
  const ends = { title: 'orders: owner', cells: { ends: '2026-04-01T00:00:00.000Z' } };
  expect(await rank('compliance', 'waivers_ending')).toMatchObject([ends]);
  expect(await rank('compliance', 'waivers_ending', WEEK, insider)).toMatchObject([ends]);
  for (const list of ['violations_by_rule', 'waivers_ending']) {
    expect(await rank('compliance', list, WEEK, viewer)).toEqual([]);
    expect(await rank('compliance', list, { ...WEEK, domain: 'legal' })).toEqual([]);
  }
  expect((await chart('compliance', 'violations', WEEK, viewer)).opened!.value).toBe(0);
});

it('a domain and a product have their own', async () => {
  const sales = await chart('quality', 'score_by_dimension', { ...WEEK, domain: 'sales' });
  expect(sales.completeness!.value).toBe(95);
  const product = { ...WEEK, domain: 'legal', product: 'visits' };
  expect((await chart('quality', 'score_by_dimension', product)).completeness!.value).toBe(98);
  expect(await rank('slos', 'worst_objectives', product)).toHaveLength(1);
});

it('what happened stands beside it: what the asker may find, of the kinds that may have moved it', async () => {
  const { marks, counts } = await getDashboard(viewer, 'quality', WEEK);
  expect(counts).toEqual({ incident: 3, release: 2, policy: 1 });
  expect(marks.map(({ kind, title, href }) => [kind, title, href])).toEqual([
    ['policy', 'house-rules v3 in force', '/governance/policies/house-rules'],
    ['incident', 'orders: no gaps', '/products/sales/orders/quality/incidents/early'],
    ['release', 'orders: release 2, version 2.0.0', '/products/sales/orders/lifecycle'],
    ['incident', 'visits: freshness burns fast', '/products/legal/visits/slo'],
    ['release', 'visits: release 1, version 1.0.0', '/products/legal/visits/lifecycle'],
    ['incident', 'orders: no gaps', '/products/sales/orders/quality/incidents/late'],
  ]);
  const legal = await metricMarks(viewer, 'data_reads', { ...WEEK, domain: 'legal' });
  expect(legal.marks.map(({ title }) => title)).toEqual(['visits: release 1, version 1.0.0']);
  expect(legal.counts).toEqual({ incident: 0, release: 1, policy: 0 });
});

it('says the newest of many, and how many there were', async () => {
  await db().release.createMany({
    data: Array.from({ length: 40 }, (_, index) => ({
      ...{ id: newId(), productId: visits, number: index + 10, version: '1.0.0', descriptor: {} },
      ...{ etl: {}, runId: newId(), createdAt: at(`03-14T${10 + (index % 10)}:00:00`) },
    })),
  });
  const { marks, counts } = await metricMarks(viewer, 'data_reads', WEEK);
  expect([marks.length, counts.release]).toEqual([30, 42]);
});

it('a chart is downloaded as it is drawn; what is not there is not found', async () => {
  const text = await chartCsv(steward, 'quality', 'quality_incidents', WEEK);
  expect(text.split('\r\n').slice(0, 3)).toEqual([
    'from,Opened,"Opened, compared with",Over,"Over, compared with"',
    '2026-03-09T00:00:00.000Z,0,0,0,0',
    '2026-03-10T00:00:00.000Z,1,0,0,0',
  ]);
  for (const wrong of [
    () => getDashboard(steward, 'happiness'),
    () => chartCsv(steward, 'quality', 'violations'),
    () => getDashboard(steward, 'quality', { domain: 'nowhere' }),
    () => metricMarks(steward, 'happiness'),
  ]) {
    await expect(wrong()).rejects.toMatchObject({ code: 'not_found' });
  }
});
