import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { searchCatalog } from '@/lib/catalog';
import { type Ctx, db, newId, notify, setClock, systemCtx, transact } from '@/lib/core';
import { moveProduct } from '@/lib/products/move-product';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { heard } from '@/lib/runtime/testing/heard';
import {
  certifiedUntil,
  certifyProduct,
  discoverable,
  endCertification,
  productCertification,
  renewCertification,
  seedPolicies,
  tellOfCertifications,
  withdrawCertification,
} from '../index';

useTestDatabase();
const DAY = 86_400_000;
const reason = 'Its figures were compared with the ledger.';
let steward: Ctx;
let owner: Ctx;
let consumer: Ctx;
let domainId: string;
let productId: string;

const later = (days: number) => setClock(() => Date.now() + days * DAY);
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const idOf = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.id : '');
const fields = [{ name: 'id', type: 'long', description: 'Which one.' }];

beforeAll(async () => {
  await seedPolicies(systemCtx('seed'));
  const sales = await makeDomain({ name: 'sales' });
  domainId = sales.id;
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  owner = await ctxOf(await makeMember(sales.id, 'data_producer'));
  consumer = await ctxOf(await makeMember(sales.id, 'data_consumer'));
});
beforeEach(async () => {
  productId = await live({ ownerId: idOf(owner) });
});
afterEach(() => setClock(undefined));

async function live(data: { ownerId: string; name?: string; classification?: string }) {
  const { id } = await makeProduct({ domainId, documentation: '# Words', fields, ...data });
  await db().productEnvironment.create({
    data: { productId: id, environment: 'production', status: 'live' },
  });
  return id;
}
const certify = (days = 90, of = productId) =>
  certifyProduct(steward, { productId: of, reason, until: inDays(days) });
const told = async (ctx: Ctx, kind: string) =>
  (
    await db().notification.findMany({
      where: { userId: idOf(ctx), productId, kind: `certification.${kind}` },
    })
  ).length;
const rows = () => db().certification.findMany({ where: { productId }, orderBy: { id: 'asc' } });
const found = async (certified: 'yes' | 'no') => {
  const { entries, facets } = await searchCatalog(consumer, { certified: [certified], limit: 100 });
  return {
    isThere: entries.some(({ id }) => id === productId),
    count: facets.certified.find(({ value }) => value === certified)?.count ?? 0,
    entries,
  };
};

describe('a certification', () => {
  it('is a steward’s word, with a reason, until a day within a year; nobody certifies what they own', async () => {
    for (const ctx of [owner, consumer]) {
      const tried = certifyProduct(ctx, { productId, reason, until: inDays(9) });
      await expect(tried).rejects.toMatchObject({ code: 'forbidden' });
    }
    for (const days of [-1, 367]) {
      await expect(certify(days)).rejects.toMatchObject({
        ...{ code: 'invalid', details: { fields: { until: expect.any(String) } } },
      });
    }
    const mine = await live({ ownerId: idOf(steward) });
    await expect(certify(90, mine)).rejects.toMatchObject({ code: 'forbidden' });
    await certify();
    expect(await productCertification(consumer, productId)).toMatchObject({
      ...{ standing: { reason, version: '1.0.0', end: null }, mayCertify: false, obstacles: [] },
    });
    await expect(certify()).rejects.toMatchObject({ code: 'conflict' });
    expect(await told(owner, 'given')).toBe(1);
    const audited = await db().auditEvent.findMany({ where: { productId } });
    expect(audited.map(({ action }) => action)).toContain('certification.give');
  });

  it('is found by, counted and shown in the catalogue from that moment on, and no more when it is withdrawn', async () => {
    const before = await found('yes');
    expect(before.isThere).toBe(false);
    const { certificationId } = await certify();
    const after = await found('yes');
    expect(after).toMatchObject({ isThere: true, count: before.count + 1 });
    expect(after.entries.find(({ id }) => id === productId)).toMatchObject({
      certifiedUntil: await certifiedUntil(consumer, productId),
    });
    expect((await found('no')).isThere).toBe(false);
    const why = 'The ledger was wrong itself.';
    await withdrawCertification(steward, { certificationId, reason: why });
    expect(await found('yes')).toMatchObject({ isThere: false, count: before.count });
    expect(await productCertification(consumer, productId)).toMatchObject({
      standing: null,
      history: [{ reason, end: { kind: 'withdrawn', reason: why, by: expect.any(String) } }],
    });
    expect(await told(owner, 'ended')).toBe(1);
    const again = withdrawCertification(steward, { certificationId, reason: why });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is told of fourteen days before it ends, and when it has ended, once each', async () => {
    await certify();
    later(75);
    await tellOfCertifications();
    expect(await told(owner, 'ending')).toBe(0);
    later(76.5);
    const all = await Promise.all([tellOfCertifications(), tellOfCertifications()]);
    const due = await db().certification.count({ where: { warnedAt: { not: null } } });
    expect(all[0]!.warned + all[1]!.warned).toBe(due);
    await tellOfCertifications();
    expect([await told(owner, 'ending'), await told(steward, 'ending')]).toEqual([1, 1]);
    expect(await certifiedUntil(consumer, productId)).not.toBeNull();
    later(90.1);
    // The badge goes by the clock, before anybody has written anything.
    expect(await certifiedUntil(consumer, productId)).toBeNull();
    expect(await productCertification(consumer, productId)).toMatchObject({
      ...{ standing: null, history: [{ end: { kind: 'expired' } }] },
    });
    expect((await rows())[0]).toMatchObject({ endedAt: null });
    await tellOfCertifications();
    await tellOfCertifications();
    expect([await told(owner, 'ended'), await told(steward, 'ended')]).toEqual([1, 1]);
    const [row] = await rows();
    expect(row).toMatchObject({ endedBy: 'expired', endedAt: row!.until });
  });

  it('that has run out is found no more, whether or not that was written down', async () => {
    later(-100);
    await certify(-10);
    expect((await rows())[0]).toMatchObject({ endedAt: null });
    setClock(undefined);
    expect((await found('yes')).isThere).toBe(false);
    const no = await found('no');
    expect(no.isThere).toBe(true);
    expect(no.entries.find(({ id }) => id === productId)?.certifiedUntil).toBeNull();
    await certify();
    expect((await rows()).map(({ endedBy }) => endedBy)).toEqual(['expired', null]);
    expect((await found('yes')).isThere).toBe(true);
  });

  it('is renewed by one in its place; what was said is never written over', async () => {
    const { certificationId } = await certify(20);
    const renewed = { certificationId, reason: 'Compared once more.', until: inDays(300) };
    await renewCertification(steward, renewed);
    const twice = renewCertification(steward, renewed);
    await expect(twice).rejects.toMatchObject({ code: 'conflict' });
    expect((await rows()).map(({ endedBy }) => endedBy)).toEqual(['renewed', null]);
    expect((await found('yes')).isThere).toBe(true);
    later(19);
    await tellOfCertifications();
    expect([await told(owner, 'ending'), await told(owner, 'ended')]).toEqual([0, 0]);
    const id = certificationId;
    for (const data of [{ reason: 'Another' }, { endedBy: 'expired' }]) {
      await expect(db().certification.update({ where: { id }, data })).rejects.toThrow(
        /append-only/,
      );
    }
    await expect(db().certification.delete({ where: { id } })).rejects.toThrow(/append-only/);
  });

  it('ends with a new major version and when the product leaves production, with the reason', async () => {
    await certify();
    await transact((tx) => endCertification(tx, productId, 'new_version', 'Version 2.0.0 breaks.'));
    await certify();
    await transact((tx) => moveProduct(tx, productId, 'deprecated'));
    expect(await productCertification(consumer, productId)).toMatchObject({
      standing: null,
      history: [
        { end: { kind: 'left_production', reason: expect.stringContaining('deprecated') } },
        { end: { kind: 'new_version', reason: 'Version 2.0.0 breaks.' } },
      ],
    });
    await expect(certify()).rejects.toMatchObject({
      ...{ code: 'precondition', message: expect.stringContaining('deprecated') },
    });
  });

  it('is not given to what is not fit: not live, found wrong by a policy, or in violation', async () => {
    await db().violation.create({
      data: {
        ...{ id: newId(), rule: 'encryption', level: 'error', productId, domainId },
        ...{ dedupeKey: newId(), title: 'Its files are not encrypted', message: '' },
      },
    });
    await db().product.update({
      where: { id: productId },
      data: {
        descriptor: {
          ...{
            apiVersion: 'v1',
            kind: 'DataProduct',
            metadata: { name: 'people', namespace: 'sales-domain' },
          },
          spec: {
            ...{ owner: 'o@portolan.example', version: '1.0.0', description: 'People' },
            classification: 'public',
            schema: [{ name: 'mail', type: 'string', pii: true }],
          },
        },
      },
    });
    const { obstacles } = await productCertification(steward, productId);
    expect(obstacles.join()).toMatch(/pii-classification.*Its files are not encrypted/);
    await expect(certify()).rejects.toMatchObject({ code: 'precondition' });
    await db().productEnvironment.updateMany({
      where: { productId },
      data: { status: 'removed' },
    });
    expect((await productCertification(steward, productId)).obstacles).toEqual([
      expect.stringContaining('not live'),
    ]);
  });

  it('of a product that a policy hides is told to nobody who may not find it', async () => {
    productId = await live({
      ownerId: idOf(owner),
      name: 'salaries',
      classification: 'restricted',
    });
    await certify(30);
    const policy = `forbid (principal is User, action == Action::"discover", resource)
      when { resource.classification == "restricted" } unless { principal has membership };`;
    const spec = { cedar_policies: [{ id: 'hide', policy }] };
    const metadata = { name: 'hide' };
    await discoverable(systemCtx('test'));
    await transact(async (tx) => {
      await tx.policyDocument.create({
        data: {
          ...{ id: newId(), name: 'hide', version: 1, stage: 'enforced', reason: 'test', yaml: '' },
          document: { apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata, spec },
        },
      });
      await notify(tx, 'portolan_policy', 'hide');
    });
    await heard();
    await expect(certifiedUntil(steward, productId)).rejects.toMatchObject({ code: 'not_found' });
    later(20);
    await tellOfCertifications();
    expect([await told(owner, 'ending'), await told(steward, 'ending')]).toEqual([1, 0]);
  });
});
