import { describe, expect, it } from 'vitest';
import { getDomain, listDomains } from '@/lib/catalog';
import { type Ctx, db, newId, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { archiveDomain, createDomain, removeMember, setMember, updateDomain } from '.';

useTestDatabase();

const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
const detailsOf = async (targetId: string) =>
  (await db().auditEvent.findMany({ where: { targetId }, orderBy: { at: 'asc' } })).map(
    ({ action, detail }) => ({ action, detail }),
  );
const actions = async () => (await db().auditEvent.findMany()).map((event) => event.action);
const admin = async () => ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));

describe('createDomain', () => {
  it('makes a domain and audits it', async () => {
    const ctx = await admin();
    const { id } = await createDomain(ctx, { name: 'supply-chain', title: ' Supply chain ' });
    expect(await db().domain.findUnique({ where: { id } })).toMatchObject({
      title: 'Supply chain',
      description: '',
      rev: 1,
    });
    expect(await actions()).toContain('domain.create');
  });

  it('refuses taken, reserved and malformed names and people who may not', async () => {
    const ctx = await admin();
    await expect(createDomain(ctx, { name: 'supply-chain', title: 'Again' })).rejects.toMatchObject(
      { code: 'conflict', details: { fields: { name: expect.anything() } } },
    );
    for (const name of ['new', 'Sales', 'a', '../x', 'sales-domain', '1a', 'x'.repeat(64)]) {
      await expect(createDomain(ctx, { name, title: 'Title' })).rejects.toThrow();
    }
    const domain = await makeDomain();
    const dataAdmin = await ctxOf(await makeMember(domain.id, 'data_admin'));
    const input = { name: 'mine', title: 'Mine' };
    await expect(createDomain(dataAdmin, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createDomain(nobody, input)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('updateDomain', () => {
  it('is told of a change made meanwhile', async () => {
    const domain = await makeDomain();
    const ctx = await ctxOf(await makeMember(domain.id, 'data_admin'));
    const change = { domainId: domain.id, rev: 1, title: 'New title', description: 'What it is.' };
    const both = await Promise.allSettled([updateDomain(ctx, change), updateDomain(ctx, change)]);
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
    expect((await db().domain.findUniqueOrThrow({ where: { id: domain.id } })).rev).toBe(2);
    expect(await detailsOf(domain.id)).toEqual([
      {
        action: 'domain.update',
        detail: {
          name: domain.name,
          before: { title: domain.title, description: domain.description },
          after: { title: 'New title', description: 'What it is.' },
        },
      },
    ]);
    await expect(updateDomain(ctx, { ...change, domainId: newId() })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      updateDomain(await admin(), { ...change, domainId: newId() }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is for the data admins of this domain', async () => {
    const [domain, other] = [await makeDomain(), await makeDomain()];
    const change = { domainId: domain.id, rev: 1, title: 'New title', description: '' };
    for (const user of [
      await makeMember(domain.id, 'data_producer'),
      await makeMember(other.id, 'data_admin'),
    ]) {
      await expect(updateDomain(await ctxOf(user), change)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
  });
});

describe('members', () => {
  it('are added, change role, and leave', async () => {
    const domain = await makeDomain();
    const ctx = await ctxOf(await makeMember(domain.id, 'data_admin'));
    const user = await makeUser();
    const set = (role: 'data_consumer' | 'data_producer') =>
      setMember(ctx, { domainId: domain.id, email: user.email.toUpperCase(), role });
    expect(await set('data_consumer')).toEqual({ userId: user.id });
    await set('data_producer');
    expect((await ctxOf(user)).actor).toMatchObject({ memberships: [{ role: 'data_producer' }] });
    await removeMember(ctx, { domainId: domain.id, userId: user.id });
    expect((await ctxOf(user)).actor).toMatchObject({ memberships: [] });
    await expect(removeMember(ctx, { domainId: domain.id, userId: user.id })).rejects.toMatchObject(
      { code: 'not_found' },
    );
    const subject = user.email;
    expect(await detailsOf(user.id)).toEqual([
      {
        action: 'domain.member.set',
        detail: { subject, before: {}, after: { role: 'data_consumer' } },
      },
      {
        action: 'domain.member.set',
        detail: { subject, before: { role: 'data_consumer' }, after: { role: 'data_producer' } },
      },
      {
        action: 'domain.member.remove',
        detail: { subject, before: { role: 'data_producer' }, after: {} },
      },
    ]);
  });

  it('are managed by data admins, and must exist', async () => {
    const domain = await makeDomain();
    const user = await makeUser();
    const input = { domainId: domain.id, email: user.email, role: 'data_consumer' as const };
    const producer = await ctxOf(await makeMember(domain.id, 'data_producer'));
    await expect(setMember(producer, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      setMember(await admin(), { ...input, email: 'nobody@example.com' }),
    ).rejects.toMatchObject({ code: 'invalid', details: { fields: { email: expect.anything() } } });
    await expect(setMember(await admin(), { ...input, domainId: newId() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('keep a last data admin unless that is meant, also when two leave at once', async () => {
    const domain = await makeDomain();
    const [a, b] = [
      await makeMember(domain.id, 'data_admin'),
      await makeMember(domain.id, 'data_admin'),
    ];
    const domainId = domain.id;
    const ctx = systemCtx('test');
    const results = await Promise.allSettled([
      removeMember(ctx, { domainId, userId: a.id }),
      setMember(ctx, { domainId, email: b.email, role: 'data_consumer' }),
    ]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      reason: { code: 'precondition', details: { reason: 'last_data_admin' } },
    });
    const left = await db().membership.findFirstOrThrow({
      where: { domainId, role: 'data_admin' },
    });
    await removeMember(ctx, { domainId, userId: left.userId, mayLeaveNoAdmin: true });
  });
});

describe('archiveDomain', () => {
  it('rests the roles and comes back, but not while products live', async () => {
    const domain = await makeDomain();
    const owner = await makeMember(domain.id, 'data_admin');
    const ctx = await admin();
    const product = await makeProduct({ domainId: domain.id, ownerId: owner.id });
    const ask = (isArchived: boolean) => archiveDomain(ctx, { domainId: domain.id, isArchived });
    await expect(ask(true)).rejects.toMatchObject({ code: 'precondition' });
    await db().product.update({ where: { id: product.id }, data: { status: 'retired' } });
    await ask(true);
    await expect(ask(true)).rejects.toMatchObject({ code: 'conflict' });
    const names = async () => (await listDomains(ctx)).map((row) => row.name);
    expect(await names()).not.toContain(domain.name);
    await ask(false);
    expect(await names()).toContain(domain.name);
    await expect(archiveDomain(await ctxOf(owner), { domainId: domain.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('queries', () => {
  it('count products, health, members and owners of every domain at once', async () => {
    const domain = await makeDomain({ title: 'Counted' });
    const owner = await makeMember(domain.id, 'data_admin');
    await makeMember(domain.id, 'data_consumer');
    const [live, failing, , retired] = [
      await makeProduct({ domainId: domain.id, ownerId: owner.id, name: 'live' }),
      await makeProduct({ domainId: domain.id, ownerId: owner.id, name: 'failing' }),
      await makeProduct({ domainId: domain.id, ownerId: owner.id, name: 'idle' }),
      await makeProduct({ domainId: domain.id, ownerId: owner.id, status: 'retired' }),
    ];
    const environment = { environment: 'production', status: 'live' };
    await db().productEnvironment.createMany({
      data: [live, failing].map(({ id }) => ({ productId: id, ...environment })),
    });
    const run = (productId: string, status: string, createdAt: Date) =>
      db().provisioningRun.create({
        data: { id: newId(), productId, kind: 'provision', status, createdAt },
      });
    await run(failing.id, 'succeeded', new Date(1000));
    await run(failing.id, 'failed', new Date(2000));
    await run(retired.id, 'failed', new Date(2000));
    const ctx = await ctxOf(await makeUser());
    const found = (await listDomains(ctx)).find((row) => row.name === domain.name);
    expect(found).toMatchObject({
      productCount: 3,
      liveCount: 1,
      failingCount: 1,
      memberCount: 2,
      owners: [{ email: owner.email }],
    });
    const detail = await getDomain(ctx, domain.name);
    expect(Object.fromEntries(detail.products.map((row) => [row.name, row.health]))).toEqual({
      live: 'live',
      failing: 'failing',
      idle: 'idle',
    });
    expect(detail.members.map((member) => member.role).sort()).toEqual([
      'data_admin',
      'data_consumer',
    ]);
  });

  it('need a signed-in person, and of a token the scope', async () => {
    await expect(listDomains(nobody)).rejects.toMatchObject({ code: 'unauthenticated' });
    const user = await makeUser();
    const scoped = await ctxOf(user, { id: 't', scopes: ['data:read'] });
    await expect(listDomains(scoped)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(getDomain(await ctxOf(user), 'nothing')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
