import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantAccess, revokeGrant } from '@/lib/access';
import { type Ctx, db, newId, setClock } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { runPipeline, runPipelineNow } from '@/lib/pipelines';
import { QUARANTINE, readSnapshot } from '@/lib/platform';
import {
  type Durable,
  provisionRun,
  runDeps,
  serveEarlier,
  submitProduct,
} from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import {
  addRule,
  assignIncident,
  commentIncident,
  discardQuarantine,
  getIncident,
  incidentRows,
  incidentsAcross,
  listIncidents,
  listQuarantine,
  openIncidents,
  performRemediation,
  previewRemedy,
  qualityHistory,
  quarantineRows,
  remediateIncident,
  ruleHistory,
  runQuality,
  setRootCause,
  switchRule,
} from '..';

useTestDatabase();
beforeAll(seedMesh);
beforeEach(() => setClock(undefined));

const inline: Durable = { step: (_name, work) => work(), sleep: async () => {} };
const deps = runDeps(driverServices);
const FIELDS = [
  { name: 'id', type: 'integer' as const },
  { name: 'city', type: 'string' as const },
];
const GOOD =
  "select unnest([1, 2, 3, 4])::int as id, unnest(['Oslo', 'Oslo', 'Bergen', 'Oslo']) as city";
const BAD =
  "select unnest([1, 2, 2, 4])::int as id, unnest(['Oslo', null, 'Bergen', null]) as city";

async function live(sql = BAD, isEncrypted = true) {
  const domain = await makeDomain();
  const owner = await makeMember(domain.id, 'data_producer');
  const { product, snapshot } = await makeLiveProduct({
    domainId: domain.id,
    ownerId: owner.id,
    fields: FIELDS,
    sql,
    isEncrypted,
  });
  const ctx = await ctxOf(owner);
  return { ctx, owner, domain, product, productId: product.id, snapshotId: snapshot.id };
}
const cityRule = (productId: string, config = {}) => ({
  productId,
  name: 'city present',
  check: 'not_null' as const,
  column: 'city',
  config,
});
async function openOne(ctx: Ctx, productId: string) {
  const { incidents } = await listIncidents(ctx, productId);
  expect(incidents).toHaveLength(1);
  return getIncident(ctx, incidents[0]!.id);
}
async function rowsOf(productId: string): Promise<unknown[]> {
  const served = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
  const rows = await readSnapshot(served.snapshotId!, (rel) => `select id, city from ${rel}`);
  return rows.map(({ id, city }) => [id, city]);
}
type Remedy = Parameters<typeof previewRemedy>[1]['remedy'];
async function mend(ctx: Ctx, incidentId: string, remedy: Remedy) {
  const { rows, snapshotId } = await previewRemedy(ctx, { incidentId, remedy });
  const { remediationId } = await remediateIncident(ctx, { incidentId, remedy, rows, snapshotId });
  await performRemediation(remediationId, { serveEarlier });
  return remediationId;
}

describe('a rule that fails', () => {
  it('opens one incident, told to its owner and to who holds a grant, until a run finds it met', async () => {
    const { ctx, owner, productId, snapshotId } = await live();
    const consumer = await makeUser();
    await grantAccess(ctx, { productId, email: consumer.email, purpose: 'To read it.' });
    await addRule(ctx, cityRule(productId));
    const { id, summary, scores } = await runQuality(productId, snapshotId);
    expect([summary, scores]).toEqual([
      '0 of 1 quality rules met.'.replace('rules', 'rule'),
      { completeness: 50 },
    ]);
    await runQuality(productId, snapshotId);
    const incident = await openOne(ctx, productId);
    expect(incident).toMatchObject({
      level: 'error',
      occurrences: 2,
      failing: 2,
      checked: 4,
      sampleSize: 2,
      message: 'city has a value in every row. 2 of 4 rows break it.',
    });
    const told = await db().notification.findMany({
      where: { dedupeKey: { endsWith: id } },
      orderBy: { kind: 'asc' },
    });
    expect(told.map((one) => [one.kind, one.userId])).toEqual([
      ['quality.failed', owner.id],
      ['quality.notice', consumer.id],
    ]);
    const better = await addSnapshot({ productId, fields: FIELDS, sql: GOOD });
    const last = await runQuality(productId, better.id);
    expect((await listIncidents(ctx, productId)).incidents).toEqual([]);
    expect((await getIncident(ctx, incident.id)).status).toBe('resolved');
    const over = { kind: 'quality.resolved', dedupeKey: `quality.resolved:${last.id}` };
    expect(await db().notification.count({ where: over })).toBe(2);
    const { runs, dimensions, loads } = await qualityHistory(ctx, productId);
    expect(runs.map((run) => run.scores.completeness)).toEqual([50, 50, 100]);
    expect(dimensions).toEqual([
      {
        dimension: 'completeness',
        score: 100,
        required: '95%',
        enforcement: 'warning',
        source: 'global-data-governance/v1',
        isMet: true,
      },
    ]);
    expect(loads.map((load) => load.rows)).toEqual([4, 4]);
    const { points } = await ruleHistory(ctx, incident.rule!.id);
    expect(points.map((point) => [point.failing, point.status])).toEqual([
      [2, 'failed'],
      [2, 'failed'],
      [0, 'passed'],
    ]);
  });

  it('shows rows to who may read them, and writes each look down', async () => {
    const { ctx, productId, snapshotId } = await live();
    await addRule(ctx, cityRule(productId));
    await runQuality(productId, snapshotId);
    const incident = await openOne(ctx, productId);
    expect(await incidentRows(ctx, incident.id)).toEqual({
      columns: ['id', 'city'],
      rows: [
        { id: 2, city: null },
        { id: 4, city: null },
      ],
      note: null,
    });
    const stranger = await ctxOf(await makeUser());
    expect((await getIncident(stranger, incident.id)).canManage).toBe(false);
    await expect(incidentRows(stranger, incident.id)).rejects.toMatchObject({ code: 'forbidden' });
    const decisions = await db().auditEvent.findMany({
      where: { productId, action: 'product.read' },
    });
    expect(decisions.map((one) => one.decision).sort()).toEqual(['allow', 'deny']);
  });

  it('is worked on by who may: given, commented, explained', async () => {
    const { ctx, owner, domain, productId, snapshotId } = await live();
    await addRule(ctx, cityRule(productId, { enforcement: 'warning' }));
    await runQuality(productId, snapshotId);
    const { id: incidentId, rev, level } = await openOne(ctx, productId);
    expect(level).toBe('warning');
    const colleague = await makeMember(domain.id, 'data_producer');
    const stranger = await makeUser();
    const given = { incidentId, rev, email: colleague.email };
    await expect(assignIncident(await ctxOf(stranger), given)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(assignIncident(ctx, { ...given, email: stranger.email })).rejects.toMatchObject({
      code: 'invalid',
    });
    await assignIncident(ctx, given);
    await expect(assignIncident(ctx, given)).rejects.toMatchObject({ code: 'conflict' });
    expect(
      await db().notification.count({ where: { userId: colleague.id, kind: 'quality.assigned' } }),
    ).toBe(1);
    await commentIncident(await ctxOf(colleague), { incidentId, note: 'Looking at it.' });
    await setRootCause(ctx, { incidentId, rev: rev + 1, rootCause: 'The form lets it be empty.' });
    const after = await getIncident(ctx, incidentId);
    expect([after.assignee, after.rootCause]).toEqual([
      colleague.email,
      'The form lets it be empty.',
    ]);
    expect(after.events.map((event) => [event.kind, event.actor])).toEqual([
      ['root_cause', owner.email],
      ['comment', colleague.email],
      ['assigned', owner.email],
      ['opened', null],
    ]);
    await switchRule(ctx, { ruleId: after.rule!.id, isEnabled: false });
    await expect(commentIncident(ctx, { incidentId, note: 'Too late.' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a remedy', () => {
  it('puts bad rows into a side file, encrypted as they were, and the rule is met', async () => {
    const { ctx, productId, snapshotId } = await live();
    await addRule(ctx, cityRule(productId));
    await runQuality(productId, snapshotId);
    const { id: incidentId } = await openOne(ctx, productId);
    const preview = await previewRemedy(ctx, { incidentId, remedy: { kind: 'quarantine' } });
    expect(preview).toMatchObject({ rowsBefore: 4, rows: 2, rowsAfter: 2, snapshotId });
    const remedy = { kind: 'quarantine' as const };
    await expect(
      remediateIncident(ctx, { incidentId, remedy, snapshotId, rows: 1 }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      remediateIncident(await ctxOf(await makeUser()), { incidentId, remedy, snapshotId, rows: 2 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await mend(ctx, incidentId, remedy);
    expect(await rowsOf(productId)).toEqual([
      [1, 'Oslo'],
      [2, 'Bergen'],
    ]);
    const after = await getIncident(ctx, incidentId);
    expect([after.status, after.remediations[0]?.status]).toEqual(['resolved', 'succeeded']);
    const [side] = await listQuarantine(ctx, productId);
    expect(side).toMatchObject({ rows: 2, ruleName: 'city present', incidentId });
    expect((await quarantineRows(ctx, side!.id)).rows).toEqual([
      { id: 2, city: null },
      { id: 4, city: null },
    ]);
    const files = await db().snapshotFile.findMany({
      where: { snapshot: { productId, environment: QUARANTINE } },
    });
    expect(files.map((file) => file.wrappedKey !== null)).toEqual([true]);
    await discardQuarantine(ctx, side!.id);
    expect(await listQuarantine(ctx, productId)).toEqual([]);
    await expect(quarantineRows(ctx, side!.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of rows that repeat leaves the first', async () => {
    const { ctx, productId, snapshotId } = await live();
    await addRule(ctx, { productId, name: 'id unique', check: 'unique', column: 'id' });
    await runQuality(productId, snapshotId);
    const { id } = await openOne(ctx, productId);
    await mend(ctx, id, { kind: 'quarantine' });
    expect(await rowsOf(productId)).toEqual([
      [1, 'Oslo'],
      [2, null],
      [4, null],
    ]);
  });

  it('goes back to the last snapshot on which the rule was met', async () => {
    const { ctx, productId, snapshotId } = await live(GOOD);
    await addRule(ctx, cityRule(productId));
    await runQuality(productId, snapshotId);
    const worse = await addSnapshot({ productId, fields: FIELDS, sql: BAD });
    await runQuality(productId, worse.id);
    const { id: incidentId } = await openOne(ctx, productId);
    const preview = await previewRemedy(ctx, { incidentId, remedy: { kind: 'rollback' } });
    expect(preview.target).toMatchObject({ id: snapshotId, number: 1 });
    await mend(ctx, incidentId, { kind: 'rollback' });
    expect((await rowsOf(productId)).length).toBe(4);
    expect((await getIncident(ctx, incidentId)).status).toBe('resolved');
    const served = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
    expect(served.snapshotId).toBe(snapshotId);
  });

  it('is refused with the reason where it makes no sense', async () => {
    const { ctx, productId, snapshotId } = await live();
    await addRule(ctx, { productId, name: 'enough', check: 'row_count', config: { min: 5 } });
    await runQuality(productId, snapshotId);
    const { id: incidentId } = await openOne(ctx, productId);
    const refused = async (remedy: Remedy) =>
      ((await previewRemedy(ctx, { incidentId, remedy }).catch((e: Error) => e)) as Error).message;
    expect(await refused({ kind: 'quarantine' })).toContain('no single row');
    expect(await refused({ kind: 'rollback' })).toContain('No earlier snapshot');
    expect(await refused({ kind: 'fix', column: 'city', expression: '1' })).toContain(
      'no single row',
    );
  });

  it('goes on to the same end from every instant at which it is cut', async () => {
    const { ctx, productId, snapshotId } = await live();
    await addRule(ctx, cityRule(productId));
    await runQuality(productId, snapshotId);
    const { id: incidentId } = await openOne(ctx, productId);
    const remedy = { kind: 'quarantine' as const };
    const { remediationId } = await remediateIncident(ctx, {
      incidentId,
      remedy,
      snapshotId,
      rows: 2,
    });
    await expect(
      remediateIncident(ctx, { incidentId, remedy, snapshotId, rows: 2 }),
    ).rejects.toMatchObject({ code: 'conflict' });
    for (const instant of ['reserved', 'set aside', 'written', 'swapped']) {
      const stop = async (name: string) => {
        if (name === instant) throw new Error('cut');
      };
      await expect(
        performRemediation(remediationId, { serveEarlier, checkpoint: stop }),
      ).rejects.toThrow('cut');
      expect([2, 4]).toContain((await rowsOf(productId)).length);
    }
    await performRemediation(remediationId, { serveEarlier });
    await performRemediation(remediationId, { serveEarlier });
    expect((await rowsOf(productId)).length).toBe(2);
    expect(await db().snapshot.count({ where: { productId, environment: QUARANTINE } })).toBe(1);
    expect((await getIncident(ctx, incidentId)).status).toBe('resolved');
  });

  it('is a step of the transformation, so that the next load is mended as well', async () => {
    const draft = await makeDraft({ name: 'mended-orders' });
    const { productId, runId } = await submitProduct(draft.ctx, draft);
    await provisionRun(inline, deps, runId);
    const { ctx } = draft;
    const incident = await openOne(ctx, productId);
    expect(incident.ruleName).toBe('amount present');
    const fix = { kind: 'fix' as const, column: 'amount', isLasting: true };
    const incidentId = incident.id;
    await expect(
      previewRemedy(ctx, {
        incidentId,
        remedy: { ...fix, expression: "read_text('/etc/passwd')" },
      }),
    ).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      previewRemedy(ctx, { incidentId, remedy: { ...fix, column: 'gone', expression: '0' } }),
    ).rejects.toMatchObject({ code: 'invalid' });
    const remedy = { ...fix, expression: 'order_id * 2' };
    const preview = await previewRemedy(ctx, { incidentId, remedy });
    expect(preview).toMatchObject({ rows: 1, left: 0, examples: [{ before: null, after: '6' }] });
    await mend(ctx, incidentId, remedy);
    const amounts = async () => {
      const served = await db().productEnvironment.findFirstOrThrow({ where: { productId } });
      const rows = await readSnapshot(
        served.snapshotId!,
        (rel) => `select amount::double as a from ${rel} order by order_id`,
      );
      return rows.map((row) => row.a);
    };
    expect(await amounts()).toEqual([10.5, 20.25, 6]);
    expect((await getIncident(ctx, incidentId)).status).toBe('resolved');
    const { pipelineRunId } = await runPipelineNow(ctx, { productId });
    await runPipeline(inline, deps, pipelineRunId);
    const run = await db().pipelineRun.findUniqueOrThrow({ where: { id: pipelineRunId } });
    expect([run.status, run.error]).toEqual(['succeeded', null]);
    expect(await amounts()).toEqual([10.5, 20.25, 6]);
    expect((await listIncidents(ctx, productId)).incidents).toEqual([]);
  });
});

describe('rules over several products', () => {
  it('read with the rights of the product’s owner, and run SQL in the sandbox', async () => {
    const { ctx, productId, snapshotId, owner } = await live(GOOD);
    const other = await live("select unnest([1, 2])::int as id, unnest(['Oslo', 'Paris']) as city");
    const address = `${other.domain.name}/${other.product.name}`;
    const config = { product: address, productColumn: 'city' };
    const known = { productId, name: 'known', check: 'reference' as const, column: 'city', config };
    await expect(addRule(ctx, known)).rejects.toMatchObject({ code: 'forbidden' });
    const access = { productId: other.productId, email: owner.email, purpose: 'To compare.' };
    const { grantId } = await grantAccess(other.ctx, access);
    await addRule(ctx, known);
    await addRule(ctx, {
      productId,
      name: 'as many',
      check: 'reconcile',
      config: { product: address, tolerance: 1 },
    });
    await addRule(ctx, {
      productId,
      name: 'own sql',
      check: 'sql',
      config: {
        sql: 'select count(*) from data join other using (city)',
        inputs: { other: address },
        threshold: { mustBe: 3 },
      },
    });
    const outside = { sql: "select * from read_text('/etc/hostname')", threshold: { mustBe: 1 } };
    const about = { productId, dimension: 'accuracy', check: 'sql', config: outside };
    await db().qualityRule.create({ data: { id: newId(), name: 'outside', ...about } });
    const resultsOf = async (runId: string) => {
      const results = await db().qualityResult.findMany({
        where: { runId },
        include: { rule: true },
        orderBy: { rule: { name: 'asc' } },
      });
      return results.map(({ rule, status, failing, value }) => [
        rule.name,
        status,
        Number(failing),
        value,
      ]);
    };
    await revokeGrant(other.ctx, { grantId });
    const refused = await runQuality(productId, snapshotId);
    expect((await resultsOf(refused.id)).map(([name, status]) => [name, status])).toEqual([
      ['as many', 'broken'],
      ['known', 'broken'],
      ['outside', 'broken'],
      ['own sql', 'broken'],
    ]);
    await grantAccess(other.ctx, access);
    const { id } = await runQuality(productId, snapshotId);
    expect(await resultsOf(id)).toEqual([
      ['as many', 'failed', 1, 2],
      ['known', 'failed', 1, 1],
      ['outside', 'broken', 0, null],
      ['own sql', 'passed', 0, 3],
    ]);
    const { incidents } = await listIncidents(ctx, productId);
    const unknown = incidents.find((one) => one.ruleName === 'known')!;
    await mend(ctx, unknown.id, { kind: 'quarantine' });
    expect(await rowsOf(productId)).toEqual([
      [1, 'Oslo'],
      [2, 'Oslo'],
      [4, 'Oslo'],
    ]);
    const reads = await db().auditEvent.count({
      where: { productId: other.productId, action: 'product.read', decision: 'allow' },
    });
    expect(reads).toBeGreaterThan(0);
  });
});

describe('incidents of many products', () => {
  it('are shown to who has to do with them, filtered and a page at a time', async () => {
    const first = await live();
    const second = await live();
    for (const { ctx, productId, snapshotId } of [first, second]) {
      await addRule(ctx, cityRule(productId));
      await runQuality(productId, snapshotId);
    }
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    const stranger = await ctxOf(await makeUser());
    const rulesOf = async (ctx: Ctx, filter = {}) =>
      (await incidentsAcross(ctx, filter)).incidents.map(({ product }) => product.address);
    const [one, two] = [first, second].map(
      ({ domain, product }) => `${domain.name}/${product.name}`,
    );
    expect(await rulesOf(first.ctx)).toEqual([one]);
    expect(await rulesOf(stranger)).toEqual([]);
    expect((await rulesOf(steward)).slice(0, 2)).toEqual([two, one]);
    expect(await rulesOf(steward, { domain: first.domain.name })).toEqual([one]);
    const other = { domain: first.domain.name };
    expect(await rulesOf(steward, { ...other, level: 'warning' })).toEqual([]);
    expect(await rulesOf(steward, { ...other, status: 'resolved' })).toEqual([]);
    expect(await rulesOf(steward, { after: '0' })).toEqual([]);
    expect(await openIncidents(first.ctx)).toEqual({
      ...{ errors: 1, warnings: 0, mine: 0 },
      domains: [{ name: first.domain.name, count: 1 }],
    });
    const { id, rev } = await openOne(first.ctx, first.productId);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: first.owner.id } });
    await assignIncident(first.ctx, { incidentId: id, rev, email });
    expect(await rulesOf(first.ctx, { mine: 'yes' })).toEqual([one]);
    expect(await rulesOf(steward, { mine: 'yes' })).toEqual([]);
    expect((await openIncidents(first.ctx)).mine).toBe(1);
    // What the rule was told by the rows is not in the list.
    const text = JSON.stringify(await incidentsAcross(steward));
    expect(text).not.toContain('message');
  });

  it('go on where the page before ended', async () => {
    const { ctx, productId, domain } = await live();
    const at = new Date();
    await db().qualityIncident.createMany({
      data: Array.from({ length: 51 }, () => ({
        ...{ id: newId(), productId, domainId: domain.id, ruleName: 'r', dimension: 'accuracy' },
        ...{ level: 'error', message: '', runId: 'x', openedAt: at, lastSeenAt: at },
      })),
    });
    const first = await incidentsAcross(ctx);
    const second = await incidentsAcross(ctx, { after: first.nextPage ?? '' });
    expect([first.incidents.length, second.incidents.length, second.nextPage]).toEqual([
      ...[50, 1, null],
    ]);
  });
});
