import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, listen, setClock, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import {
  activatePolicy,
  approveLoosening,
  discardPolicyDraft,
  draftPolicy,
  effectivePolicy,
  enforceDueGrace,
  getPolicy,
  getPolicyDraft,
  savePolicyDraft,
  seedPolicies,
  submitPolicyDraft,
} from '../index';
import { policiesInGrace } from '../policies';

useTestDatabase();
let steward: Ctx;
let second: Ctx;
let admin: Ctx;
let consumer: Ctx;
const SALES = 'sales-data-governance';
const GLOBAL = 'global-data-governance';

beforeAll(async () => {
  const sales = await makeDomain({ name: 'sales' });
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  second = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  admin = await ctxOf(await makeMember(sales.id, 'data_admin'));
  consumer = await ctxOf(await makeMember(sales.id, 'data_consumer'));
  await seedPolicies(systemCtx('seed'));
});
afterEach(async () => {
  setClock(undefined);
  await db().policyDocument.updateMany({
    where: { stage: { in: ['draft', 'grace'] } },
    data: { stage: 'discarded' },
  });
});

/** The change is in this process's cache once its own listener has heard it. */
async function heard<T>(change: () => Promise<T>): Promise<T> {
  const done = Promise.withResolvers<void>();
  const stop = await listen('portolan_policy', () => done.resolve());
  const result = await change();
  await done.promise;
  stop();
  return result;
}

const sales = (spec: string) =>
  `apiVersion: v1\nkind: DataGovernancePolicy\nmetadata:\n  name: ${SALES}\n  namespace: sales-domain\nspec:\n${spec}`;
const TIGHTER = sales('  data_retention: 1_year\n  access_control: role_based\n');
const LOOSER = sales('  quality_requirements:\n    accuracy: 90\n');

async function drafted(ctx: Ctx, yaml: string, name = SALES) {
  const { policyId } = await draftPolicy(ctx, { name });
  const { rev } = await savePolicyDraft(ctx, { policyId, rev: 1, yaml, reason: 'As agreed' });
  return { policyId, rev };
}

describe('a version of a policy', () => {
  it('goes from draft to force, takes the place of the one before, and says who and why', async () => {
    const draft = await drafted(admin, TIGHTER);
    await submitPolicyDraft(admin, draft);
    const told = await db().notification.count({ where: { kind: 'policy.submitted' } });
    expect(told).toBeGreaterThanOrEqual(2);
    const { version } = await getPolicyDraft(admin, SALES);
    await heard(() => activatePolicy(admin, { ...draft, mode: 'enforce' }));
    const policy = await effectivePolicy('sales');
    expect(policy.retention).toMatchObject({ value: '1_year', from: { version } });
    expect(policy.retention?.from.activatedBy).toMatch(/@/);
    const { versions } = await getPolicy(consumer, SALES);
    expect(versions.filter((one) => one.stage === 'enforced')).toHaveLength(1);
    const rows = await db().auditEvent.findMany({ where: { targetId: draft.policyId } });
    expect(rows.map((row) => row.action).sort()).toEqual([
      'policy.activate',
      'policy.draft',
      'policy.edit',
      'policy.submit',
    ]);
    const activated = rows.find((row) => row.action === 'policy.activate');
    expect(activated?.detail).toMatchObject({
      before: { version: version - 1, 'Retention: confidential data is kept for': '3 years' },
      after: { version, 'Retention: confidential data is kept for': '1 year' },
    });
  });

  it('is kept while it is not valid, and is not put in force then', async () => {
    const draft = await drafted(admin, 'spec: [half');
    expect((await getPolicyDraft(admin, SALES)).yaml).toBe('spec: [half');
    await expect(activatePolicy(admin, { ...draft, mode: 'enforce' })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^Line \d+/),
    });
  });

  it('needs a reason, its own name and its own domain', async () => {
    const { policyId } = await draftPolicy(admin, { name: SALES });
    const save = (rev: number, yaml: string, reason: string) =>
      savePolicyDraft(admin, { policyId, rev, yaml, reason });
    await save(1, TIGHTER, '');
    const activate = (rev: number) => activatePolicy(admin, { policyId, rev, mode: 'enforce' });
    await expect(activate(2)).rejects.toMatchObject({
      details: { fields: { reason: expect.any(String) } },
    });
    await save(2, TIGHTER.replace('sales-domain', 'hr-domain'), 'x y z');
    await expect(activate(3)).rejects.toThrow(/holds in sales/);
    await save(3, TIGHTER.replace(`name: ${SALES}`, 'name: other'), 'x y z');
    await expect(activate(4)).rejects.toThrow(/version of sales-data-governance/);
  });

  it('has one open draft, and a stale save or decision is refused', async () => {
    const draft = await drafted(admin, TIGHTER);
    await expect(draftPolicy(steward, { name: SALES })).rejects.toMatchObject({
      code: 'conflict',
      details: { policyId: draft.policyId },
    });
    const stale = { policyId: draft.policyId, rev: 1 };
    await expect(savePolicyDraft(steward, { ...stale, yaml: LOOSER })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(activatePolicy(steward, { ...stale, mode: 'enforce' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('of two that decide at once one wins', async () => {
    const draft = await drafted(admin, TIGHTER);
    const both = await Promise.allSettled([
      activatePolicy(admin, { ...draft, mode: 'enforce' }),
      discardPolicyDraft(steward, draft),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a floor of the organisation', () => {
  it('is loosened only with a steward’s consent to exactly this text', async () => {
    const draft = await drafted(admin, LOOSER);
    const { check } = await getPolicyDraft(admin, SALES);
    expect(check.loosenings).toEqual([{ name: 'accuracy', value: '90%', floor: '98%' }]);
    await expect(activatePolicy(admin, { ...draft, mode: 'enforce' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/accuracy: 98% → 90%.*steward/),
    });
    await expect(approveLoosening(admin, draft)).rejects.toMatchObject({ code: 'forbidden' });
    await approveLoosening(steward, draft);
    const changed = LOOSER.replace('90', '80');
    const { rev } = await savePolicyDraft(admin, { ...draft, yaml: changed, reason: 'lower yet' });
    const again = { policyId: draft.policyId, rev };
    await expect(activatePolicy(admin, { ...again, mode: 'enforce' })).rejects.toThrow(/80%/);
    await approveLoosening(steward, again);
    await heard(() => activatePolicy(admin, { ...again, mode: 'enforce' }));
    const policy = await effectivePolicy('sales');
    expect(policy.quality.accuracy?.threshold).toMatchObject({ value: '80%', loosens: true });
  });

  it('that may only be tightened refuses the text itself', async () => {
    const { yaml } = await getPolicy(steward, GLOBAL);
    const floor = yaml.replace(
      'threshold: 98%\n      enforcement: error',
      'threshold: 98%\n      enforcement: error\n      overridable: tighten-only',
    );
    const global = await drafted(steward, floor, GLOBAL);
    await heard(() => activatePolicy(steward, { ...global, mode: 'enforce' }));
    expect((await effectivePolicy('sales')).quality.accuracy?.threshold.value).toBe('98%');
    const draft = await drafted(admin, LOOSER);
    await expect(approveLoosening(steward, draft)).rejects.toThrow(/lets no domain say this/);
    await expect(activatePolicy(steward, { ...draft, mode: 'enforce' })).rejects.toThrow(/98%/);
  });
});

describe('who may', () => {
  it('write and decide: stewards everywhere, data admins in their domain, nobody else', async () => {
    await expect(draftPolicy(consumer, { name: SALES })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(draftPolicy(admin, { name: GLOBAL })).rejects.toMatchObject({ code: 'forbidden' });
    const hr = await makeDomain({ name: 'hr' });
    const other = await ctxOf(await makeMember(hr.id, 'data_admin'));
    await expect(draftPolicy(other, { name: SALES })).rejects.toMatchObject({ code: 'forbidden' });
    const draft = await drafted(admin, TIGHTER);
    for (const verb of [submitPolicyDraft, discardPolicyDraft, approveLoosening]) {
      await expect(verb(other, draft)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(getPolicyDraft(consumer, SALES)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('decide where two people are asked for: nobody who wrote part of it', async () => {
    const { yaml } = await getPolicy(steward, GLOBAL);
    const two = await drafted(steward, `${yaml}\n  approval: two_people\n`, GLOBAL);
    await heard(() => activatePolicy(steward, { ...two, mode: 'enforce' }));
    const next = await drafted(steward, `${yaml}\n  approval: two_people\n`, GLOBAL);
    await expect(activatePolicy(steward, { ...next, mode: 'enforce' })).rejects.toThrow(
      /two people/,
    );
    await heard(() => activatePolicy(second, { ...next, mode: 'enforce' }));
    const back = await drafted(steward, yaml, GLOBAL);
    await heard(() => activatePolicy(second, { ...back, mode: 'enforce' }));
    expect((await effectivePolicy('sales')).approval).toBeNull();
  });
});

describe('the grace stage', () => {
  it('shows what is coming, and ends in force exactly once, whoever looks', async () => {
    const before = (await effectivePolicy('sales')).version;
    const draft = await drafted(admin, TIGHTER.replace('1_year', '6_months'));
    const graceUntil = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const grace = { ...draft, mode: 'grace' as const };
    await expect(activatePolicy(admin, grace)).rejects.toThrow(/last day/);
    await expect(
      activatePolicy(admin, { ...grace, graceUntil: '2020-01-01T00:00:00Z' }),
    ).rejects.toThrow(/past/);
    await heard(() => activatePolicy(admin, { ...grace, graceUntil }));
    expect((await effectivePolicy('sales')).version).toBe(before);
    const [coming] = await policiesInGrace('sales');
    expect(coming?.policy.retention?.value).toBe('6_months');
    expect(await policiesInGrace('hr')).toEqual([]);
    expect(await enforceDueGrace()).toBe(0);
    setClock(() => Date.now() + 4 * 86_400_000);
    const counts = await heard(() => Promise.all([enforceDueGrace(), enforceDueGrace()]));
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect((await effectivePolicy('sales')).retention?.value).toBe('6_months');
    expect(await policiesInGrace('sales')).toEqual([]);
  });

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const stageOf = async (id: string) =>
    (await db().policyDocument.findUniqueOrThrow({ where: { id } })).stage;

  it('ends in turn for each of two versions: the older takes the newer’s place away from nobody', async () => {
    const older = await drafted(admin, TIGHTER.replace('1_year', '8_months'));
    await activatePolicy(admin, { ...older, mode: 'grace', graceUntil: inDays(1) });
    const newer = await drafted(admin, TIGHTER.replace('1_year', '7_months'));
    await activatePolicy(admin, { ...newer, mode: 'grace', graceUntil: inDays(3) });
    setClock(() => Date.now() + 2 * 86_400_000);
    await heard(enforceDueGrace);
    expect([await stageOf(older.policyId), await stageOf(newer.policyId)]).toEqual([
      'enforced',
      'grace',
    ]);
    setClock(() => Date.now() + 4 * 86_400_000);
    await heard(enforceDueGrace);
    expect([await stageOf(older.policyId), await stageOf(newer.policyId)]).toEqual([
      'superseded',
      'enforced',
    ]);
  });

  it('does not end in force when the organisation’s floor rose above it meanwhile', async () => {
    const draft = await drafted(admin, sales('  quality_requirements:\n    consistency: 99.2\n'));
    await heard(() => activatePolicy(admin, { ...draft, mode: 'grace', graceUntil: inDays(1) }));
    const { yaml } = await getPolicy(steward, GLOBAL);
    const text = yaml.replace(/(?<=metric: consistency\s+threshold: )99%/, '99.5%');
    const global = await drafted(steward, text, GLOBAL);
    await heard(() => activatePolicy(steward, { ...global, mode: 'enforce' }));
    expect((await effectivePolicy('sales')).quality.consistency?.threshold.value).toBe('99.5%');
    setClock(() => Date.now() + 2 * 86_400_000);
    expect(await enforceDueGrace()).toBe(0);
    expect(await stageOf(draft.policyId)).toBe('grace');
    const told = await db().notification.findFirst({
      where: { kind: 'policy.submitted', title: { contains: 'grace' } },
    });
    expect(told?.body).toMatch(/consistency: 99.5% → 99.2%.*steward/);
  });
});
