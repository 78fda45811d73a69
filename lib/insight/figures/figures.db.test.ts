import { beforeAll, expect, it } from 'vitest';
import { type Ctx, db, newId, pool, setClock } from '@/lib/core';
import { visibleProducts } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  getMetric,
  keepMetricDays,
  listMetrics,
  metricPointsCsv,
  metricRows,
  metricRowsCsv,
  prometheusText,
  type Scope,
  setMetricTarget,
} from '..';
import { hide } from '../testing/hide';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
let viewer: Ctx;
let productId: string;
beforeAll(async () => {
  setClock(() => NOW);
  const domain = await makeDomain({ name: 'sales', title: 'Sales' });
  const owner = await makeMember(domain.id, 'data_producer');
  productId = (await makeProduct({ domainId: domain.id, ownerId: owner.id, name: 'orders' })).id;
  viewer = await ctxOf(await makeUser());
  // 120 reads, on each of the days up to today.
  await pool().query(
    `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
     select gen_random_uuid()::text, $1::timestamptz - n * interval '1 day', $2, $3, 'rows', 'json', 200, 1, 10, 1
     from generate_series(0, 119) n`,
    [new Date(NOW), productId, newId()],
  );
});

it('pages through the rows behind a figure, and gives them as files', async () => {
  const first = await metricRows(viewer, 'data_reads', { range: '90d' });
  const second = await metricRows(viewer, 'data_reads', { range: '90d', page: 2 });
  expect([first.rows.length, first.hasMore, second.rows.length, second.hasMore]).toEqual([
    50,
    true,
    40,
    false,
  ]);
  expect(first.rows[0]).toMatchObject({
    at: '2026-03-15T00:00:00.000Z',
    address: 'sales/orders',
    num: 1,
  });
  const csv = await metricRowsCsv(viewer, 'data_reads', { range: '7d' });
  expect(csv.split('\r\n')).toHaveLength(9);
  expect(csv).toContain('2026-03-15T00:00:00.000Z,sales/orders,"1 reads, 1 rows, 10 bytes",1,\r\n');
  const points = await metricPointsCsv(viewer, 'data_reads', { range: '7d' });
  expect(points.split('\r\n').slice(0, 2)).toEqual([
    'from,data_reads,sample,compared_with',
    '2026-03-09T00:00:00.000Z,1,1,1',
  ]);
});

it('adds up to the same figure by bucket and by part, in every range', async () => {
  for (const range of ['7d', '30d', '90d', '365d'] as const) {
    const { value, points, parts, period } = await getMetric(viewer, 'data_reads', { range });
    const days = Math.min(120, Number(range.replace('d', '')));
    expect([range, value]).toEqual([range, days]);
    expect(points.reduce((sum, point) => sum + (point.value ?? 0), 0)).toBe(days);
    expect(points[0]!.at).toBe(period.from);
    expect(parts).toMatchObject([{ address: 'sales', title: 'Sales', value: days }]);
  }
  const { parts } = await getMetric(viewer, 'data_reads', { domain: 'sales' });
  expect(parts).toMatchObject([{ address: 'sales/orders', value: 30 }]);
});

it('says what it is computed by, and refuses what is not there', async () => {
  const { query } = await getMetric(viewer, 'time_to_insight');
  expect(query.fold).toContain('percentile_cont(0.5)');
  expect(query.sql).toContain('product_reader');
  expect(query.sql).not.toContain('undefined');
  await expect(getMetric(viewer, 'happiness')).rejects.toMatchObject({ code: 'not_found' });
  await expect(listMetrics(viewer, { domain: 'nowhere' })).rejects.toMatchObject({
    code: 'not_found',
  });
  const lost = { domain: 'sales', product: 'nothing' };
  await expect(listMetrics(viewer, lost)).rejects.toMatchObject({ code: 'not_found' });
  await expect(listMetrics(viewer, { product: 'orders' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('is told to Prometheus by the same names', async () => {
  const text = await prometheusText(viewer);
  expect(text).toContain(
    '# TYPE portolan_data_reads gauge\nportolan_data_reads{scope="mesh"} 30\n',
  );
  expect(text).toContain('portolan_data_reads{scope="domain",domain="sales"} 30\n');
  expect(text).not.toContain('null');
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^(# (HELP|TYPE) portolan_\w+ .+|portolan_\w+\{[^}]+\} -?[\d.e+-]+)$/);
  }
});

it('has targets: a domain’s own, else the mesh’s; what was set before is kept', async () => {
  const domain = await makeDomain({ name: 'finance' });
  const admin = await ctxOf(await makeMember(domain.id, 'data_admin'));
  const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const of = async (scope: Scope, ctx = viewer) => {
    const { target, targets, maySetTarget } = await getMetric(ctx, 'data_reads', scope);
    return { target, set: targets.map((one) => one.value), maySetTarget };
  };
  await setMetricTarget(steward, { metric: 'data_reads', value: 100 });
  expect(await of({ domain: 'finance' }, admin)).toEqual({
    target: 100,
    set: [],
    maySetTarget: true,
  });
  await setMetricTarget(admin, { metric: 'data_reads', domain: 'finance', value: 10 });
  expect(await of({ domain: 'finance' })).toEqual({ target: 10, set: [10], maySetTarget: false });
  expect(await of({})).toEqual({ target: 100, set: [100], maySetTarget: false });
  await expect(setMetricTarget(admin, { metric: 'data_reads', value: 1 })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const again = setMetricTarget(admin, { metric: 'data_reads', domain: 'finance', value: 10 });
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
  const impossible = [
    { metric: 'data_reads', value: -1 },
    { metric: 'data_quality_score', value: 101 },
    { metric: 'user_satisfaction', value: 6 },
  ];
  for (const target of impossible)
    await expect(setMetricTarget(admin, { domain: 'finance', ...target })).rejects.toMatchObject({
      code: 'invalid',
    });
  await setMetricTarget(admin, { metric: 'error_budget_left', domain: 'finance', value: -5 });
  await setMetricTarget(admin, { metric: 'data_reads', domain: 'finance', value: null });
  expect(await of({ domain: 'finance' })).toMatchObject({ target: 100, set: [null, 10] });
});

it('of the mesh are exactly those of what a viewer may find, people counted once', async () => {
  const [energy, health] = [
    await makeDomain({ name: 'energy' }),
    await makeDomain({ name: 'health' }),
  ];
  const owner = await makeMember(energy.id, 'data_producer');
  const make = async (name: string, domainId: string) =>
    (await makeProduct({ domainId, ownerId: owner.id, name })).id;
  const ids = {
    open: await make('meters', energy.id),
    hidden: await make('outages', energy.id),
    other: await make('visits', health.id),
    unread: await make('plans', health.id),
  };
  // Whom reads are by: `both` reads what is open and what is hidden, `one` only what is hidden.
  const reads = [
    ...[ids.open, ids.hidden, ids.other].map((id) => [id, 'both']),
    ...[
      [ids.hidden, 'one'],
      [ids.hidden, 'one'],
      [ids.other, 'two'],
    ],
  ];
  await db().usageEvent.createMany({
    data: reads.flatMap(([productId, actorId], at) =>
      [0, 20, 40].map((days) => ({
        ...{
          id: newId(),
          productId: productId!,
          actorId,
          at: new Date(NOW - days * 86_400_000 - at),
        },
        ...{ shape: 'rows', format: 'json', status: 200, rowCount: 1, sizeBytes: 1, latencyMs: 1 },
      })),
    ),
  });
  const stranger = await makeUser();
  await hide(stranger.id, ['outages', 'plans'], () => visibleProducts(viewer));
  const of = async (id: string, ctx: Ctx) => {
    const { value, previous, sample, parts, points } = await getMetric(ctx, id, {});
    const figures = parts.map((part) => [part.address, part.value, part.previous, part.sample]);
    const days = points.map((point) => point.value ?? 0);
    return {
      value,
      previous,
      sample,
      parts: figures.sort(),
      last: days.at(-1),
      days: days.reduce((a, b) => a + b),
    };
  };
  const own = await ctxOf(stranger);
  expect(await of('data_reads', viewer)).toMatchObject({
    ...{ value: 42, previous: 36, sample: 42, last: 7, days: 42 },
    parts: [
      ['energy', 8, 4, 8],
      ['health', 4, 2, 4],
      ['sales', 30, 30, 30],
    ],
  });
  expect(await of('data_reads', own)).toMatchObject({
    ...{ value: 36, previous: 33, sample: 36, last: 4, days: 36 },
    parts: [
      ['energy', 2, 1, 2],
      ['health', 4, 2, 4],
      ['sales', 30, 30, 30],
    ],
  });
  // `both`, `one`, `two`, and whoever reads in sales.
  expect(await of('data_consumers', viewer)).toMatchObject({
    ...{ value: 4, previous: 4, last: 4, sample: 42 },
    parts: [
      ['energy', 2, 2, 8],
      ['health', 2, 2, 4],
      ['sales', 1, 1, 30],
    ],
  });
  expect(await of('data_consumers', own)).toMatchObject({
    ...{ value: 3, previous: 3, last: 3, sample: 36 },
    parts: [
      ['energy', 1, 1, 2],
      ['health', 2, 2, 4],
      ['sales', 1, 1, 30],
    ],
  });

  // Of runs what is kept leaves out what is hidden too: 10 to 40 ms of what is open, 1,000 of what is not.
  const run = (ran: string, ms: number, days: number) => {
    const startedAt = new Date(NOW - days * 86_400_000);
    return {
      ...{ id: newId(), productId: ran, environment: 'production', trigger: 'manual' },
      ...{ status: 'succeeded', startedAt, finishedAt: new Date(startedAt.getTime() + ms) },
    };
  };
  await db().pipelineRun.createMany({
    data: [
      ...[
        run(ids.open, 10, 1),
        run(ids.open, 20, 2),
        run(ids.other, 30, 3),
        run(ids.other, 40, 40),
      ],
      ...[run(ids.hidden, 1000, 1), run(ids.hidden, 1001, 2), run(ids.unread, 1002, 40)],
    ],
  });
  const median = async (ctx: Ctx) => {
    const { metrics } = await listMetrics(ctx, {}, ['processing_latency']);
    const { value, previous, sample, points } = metrics[0]!;
    const { parts, ...whole } = await getMetric(ctx, 'processing_latency', {});
    expect(whole).toMatchObject({ value, previous, sample, points });
    const told = parts.map((part) => [part.address, part.value, part.previous, part.sample]);
    return {
      ...{ value, previous, sample, last: points.slice(-3).map((point) => point.value) },
      parts: told.sort(),
    };
  };
  for (const round of ['facts', 'kept']) {
    expect([round, await median(viewer)]).toEqual([
      round,
      {
        ...{ value: 30, previous: 521, sample: 5, last: [510.5, 505, null] },
        parts: [
          ['energy', 510, null, 4],
          ['health', 30, 521, 1],
        ],
      },
    ]);
    expect([round, await median(own)]).toEqual([
      round,
      {
        ...{ value: 20, previous: 40, sample: 3, last: [20, 10, null] },
        parts: [
          ['energy', 15, null, 2],
          ['health', 30, 40, 1],
        ],
      },
    ]);
    await keepMetricDays();
    expect(await db().metricDay.count({ where: { metric: 'processing_latency' } })).toBeGreaterThan(
      0,
    );
  }
});
