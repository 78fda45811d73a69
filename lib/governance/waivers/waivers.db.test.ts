import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, setClock, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  decideWaiver,
  expireWaivers,
  findingsOfAll,
  listWaivers,
  requestWaiver,
  seedPolicies,
  validateProduct,
} from '../index';

useTestDatabase();
let steward: Ctx;
let producer: Ctx;
let producerEmail: string;
let productId: string;
const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** Personal data in public data: an error of the rule pii-classification. */
const descriptor = {
  apiVersion: 'v1' as const,
  kind: 'DataProduct' as const,
  metadata: { name: 'people', namespace: 'sales-domain' },
  spec: {
    owner: 'owner@portolan.example',
    version: '1.0.0',
    description: 'People',
    classification: 'public' as const,
    schema: [{ name: 'mail', type: 'string' as const, pii: true }],
  },
};

beforeAll(async () => {
  const sales = await makeDomain({ name: 'sales' });
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const user = await makeMember(sales.id, 'data_producer');
  producer = await ctxOf(user);
  producerEmail = user.email;
  await seedPolicies(systemCtx('seed'));
  const product = await makeProduct({ domainId: sales.id, ownerId: user.id, name: 'people' });
  productId = product.id;
  await db().product.update({ where: { id: productId }, data: { descriptor } });
});
afterEach(async () => {
  setClock(undefined);
  await db().waiver.deleteMany();
});

const ask = (change: object = {}) =>
  requestWaiver(producer, {
    productId,
    ruleId: 'pii-classification',
    reason: 'The source is mended next month',
    owner: producerEmail,
    expiresAt: inDays(30),
    ...change,
  });
async function blocking() {
  const findings = await validateProduct({ descriptor, domain: 'sales', productId });
  return findings.filter((one) => one.level === 'error' && !one.waiver).map((one) => one.ruleId);
}

describe('a waiver', () => {
  it('opens the gate once a steward approved it, and until its day', async () => {
    expect(await blocking()).toEqual(['pii-classification']);
    const { waiverId } = await ask();
    expect(await blocking()).toEqual(['pii-classification']);
    await decideWaiver(steward, { waiverId, decision: 'approve' });
    expect(await blocking()).toEqual([]);
    setClock(() => Date.now() + 31 * DAY);
    expect(await blocking()).toEqual(['pii-classification']);
  });

  it('is counted once, revoked, and asked for again', async () => {
    const { waiverId } = await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' });
    await decideWaiver(steward, { waiverId, decision: 'approve' });
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' });
    await decideWaiver(steward, { waiverId, decision: 'revoke', note: 'no longer true' });
    expect(await blocking()).toEqual(['pii-classification']);
    await ask();
  });

  it('is decided once, by a steward who did not ask for it', async () => {
    const { waiverId } = await ask();
    await expect(decideWaiver(producer, { waiverId, decision: 'approve' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const both = await Promise.allSettled([
      decideWaiver(steward, { waiverId, decision: 'approve' }),
      decideWaiver(steward, { waiverId, decision: 'reject', note: 'no' }),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const own = await requestWaiver(steward, {
      productId,
      ruleId: 'owner',
      reason: 'for a good reason',
      owner: producerEmail,
      expiresAt: inDays(3),
    });
    await expect(
      decideWaiver(steward, { waiverId: own.waiverId, decision: 'approve' }),
    ).rejects.toThrow(/yourself/);
  });

  it.each([
    [{ expiresAt: inDays(-1) }, 'expiresAt'],
    [{ expiresAt: inDays(400) }, 'expiresAt'],
    [{ owner: 'nobody@portolan.example' }, 'owner'],
  ])('is refused with %j', async (change, field) => {
    await expect(ask(change)).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { [field]: expect.any(String) } },
    });
  });

  it('is asked for by people of the domain only, and seen by those it concerns', async () => {
    const hr = await makeDomain({ name: 'hr' });
    const other = await ctxOf(await makeMember(hr.id, 'data_producer'));
    await ask();
    await expect(
      requestWaiver(other, {
        productId,
        ruleId: 'owner',
        reason: 'because I want to',
        owner: producerEmail,
        expiresAt: inDays(3),
      }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect((await listWaivers(other)).waivers).toEqual([]);
    expect((await listWaivers(producer)).waivers).toHaveLength(1);
    expect((await listWaivers(steward)).canDecide).toBe(true);
  });

  it('of a draft passes to the product that it becomes', async () => {
    const draftId = newId();
    const authorId = producer.actor.type === 'user' ? producer.actor.id : '';
    await db().productDraft.create({ data: { id: draftId, authorId, data: { domain: 'sales' } } });
    const { waiverId } = await ask({ productId: undefined, draftId });
    await decideWaiver(steward, { waiverId, decision: 'approve' });
    const findings = await validateProduct({ descriptor, domain: 'sales', draftId });
    expect(findings.find((one) => one.ruleId === 'pii-classification')?.waiver?.id).toBe(waiverId);
    await expect(
      requestWaiver(steward, {
        draftId,
        ruleId: 'owner',
        reason: 'not my draft at all',
        owner: producerEmail,
        expiresAt: inDays(3),
      }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the end of a waiver', () => {
  it('is told seven days and one day before, once each, and when it has come', async () => {
    const { waiverId } = await ask();
    await decideWaiver(steward, { waiverId, decision: 'approve' });
    const rounds = async (days: number) => {
      setClock(() => Date.now() + days * DAY);
      const all = await Promise.all([expireWaivers(), expireWaivers()]);
      return [
        all.reduce((sum, one) => sum + one.warned, 0),
        all.reduce((sum, one) => sum + one.expired, 0),
      ];
    };
    expect(await rounds(20)).toEqual([0, 0]);
    expect(await rounds(24)).toEqual([1, 0]);
    expect(await rounds(25)).toEqual([0, 0]);
    expect(await rounds(29.5)).toEqual([1, 0]);
    expect(await rounds(30.5)).toEqual([0, 1]);
    expect(await rounds(31)).toEqual([0, 0]);
    const told = await db().notification.findMany({
      where: { kind: 'waiver.ending', user: { email: producerEmail } },
    });
    expect(told).toHaveLength(3);
  });
});

it('finds what every product breaks, with a steward’s own rules, without a statement per product', async () => {
  await db().policyDocument.updateMany({
    where: { name: 'sales-data-governance' },
    data: { stage: 'superseded' },
  });
  const rule = {
    id: 'named-columns',
    title: 'Columns are described',
    level: 'error',
    expression: 'columns.all(c, c.description != "") || measured.grants > 100',
    message: 'Describe every column.',
  };
  await db().policyDocument.create({
    data: {
      id: newId(),
      name: 'sales-rules',
      version: 1,
      stage: 'enforced',
      yaml: '',
      document: {
        apiVersion: 'v1',
        kind: 'DataGovernancePolicy',
        metadata: { name: 'sales-rules', namespace: 'sales-domain' },
        spec: { validation_rules: [rule] },
      },
      domainId: (await db().domain.findUniqueOrThrow({ where: { name: 'sales' } })).id,
    },
  });
  await db().$executeRaw`select pg_notify('portolan_policy', 'x')`;
  await expect
    .poll(async () => {
      for await (const one of findingsOfAll({ productId }))
        return one.findings.map((f) => f.ruleId);
    })
    .toContain('named-columns');
});
