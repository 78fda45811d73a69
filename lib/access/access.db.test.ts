import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '@/lib/audit';
import { type Ctx, db, newId, setClock, systemCtx } from '@/lib/core';
import { type DecisionProduct, decide, seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { grantAccess, listGrants, productAccess, revokeGrant } from './index';

const database = useTestDatabase();
let product: DecisionProduct;
let owner: Ctx;
let admin: Ctx;
let reader: Awaited<ReturnType<typeof makeUser>>;

beforeEach(async () => {
  await seedPolicies(systemCtx('seed'));
  const domain = await makeDomain();
  const person = await makeUser();
  reader = await makeUser();
  const row = await makeProduct({
    domainId: domain.id,
    ownerId: person.id,
    classification: 'confidential',
  });
  product = { ...row, domain: domain.name };
  owner = await ctxOf(person);
  admin = await ctxOf(await makeMember(domain.id, 'data_admin'));
});

const input = (more: object = {}) => ({
  productId: product.id,
  email: reader.email,
  purpose: 'Monthly forecast',
  ...more,
});
const emailOf = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.email : '');

describe('granting', () => {
  it('opens the product to the person and to nobody else, and writes it down', async () => {
    const { grantId } = await grantAccess(
      owner,
      input({ email: ` ${reader.email.toUpperCase()}` }),
    );
    const ctx = await ctxOf(reader);
    expect(await decide(ctx, { action: 'read', product })).toMatchObject({
      allow: true,
      policies: [{ id: 'portolan/grant/read' }],
    });
    expect((await decide(ctx, { action: 'write', product })).allow).toBe(false);
    const stranger = await ctxOf(await makeUser());
    expect((await decide(stranger, { action: 'read', product })).allow).toBe(false);
    expect(await db().auditEvent.findFirst({ where: { targetId: grantId } })).toMatchObject({
      action: 'access.grant',
      productId: product.id,
      detail: {
        subject: reader.email,
        purpose: 'Monthly forecast',
        before: {},
        after: { permissions: ['read'], purpose: 'Monthly forecast', expiresAt: null },
      },
    });
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });

  it('is for the owner and the domain’s data admins', async () => {
    await expect(grantAccess(admin, input())).resolves.toBeDefined();
    const others = [
      await ctxOf(reader),
      await ctxOf(await makeUser({ platformRoles: ['platform_admin', 'steward'] })),
      await ctxOf(await makeMember(product.domainId, 'data_producer')),
      await ctxOf(await makeMember((await makeDomain()).id, 'data_admin')),
    ];
    for (const ctx of others) {
      await expect(grantAccess(ctx, input())).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('refuses with a message at the field', async () => {
    const disabled = await makeUser();
    await db().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
    const cases: [object, string][] = [
      [{ email: 'nobody@portolan.example' }, 'email'],
      [{ email: disabled.email }, 'email'],
      [{ email: emailOf(admin) }, 'email'],
      [{ email: emailOf(owner) }, 'email'],
      [{ expiresAt: new Date(Date.now() - 1000) }, 'expiresAt'],
    ];
    for (const [more, field] of cases) {
      await expect(grantAccess(admin, input(more))).rejects.toMatchObject({
        code: 'invalid',
        details: { fields: { [field]: expect.any(String) } },
      });
    }
    await expect(grantAccess(admin, input({ purpose: ' ' }))).rejects.toThrow(
      'what the data is for',
    );
    await expect(grantAccess(admin, input({ productId: newId() }))).rejects.toMatchObject({
      code: 'not_found',
    });
    await db().product.update({ where: { id: product.id }, data: { status: 'retired' } });
    await expect(grantAccess(admin, input())).rejects.toMatchObject({ code: 'precondition' });
  });

  it('gives one of two grants that are made at once, and another when the first has ended', async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const both = await Promise.allSettled([
      grantAccess(owner, input({ expiresAt })),
      grantAccess(admin, input({ expiresAt })),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
    setClock(() => expiresAt.getTime() + 1);
    await grantAccess(owner, input());
    expect((await listGrants(owner, product.id)).map((grant) => grant.state)).toEqual([
      'active',
      'expired',
    ]);
    setClock(undefined);
  });
});

describe('revoking', () => {
  it('refuses the next read, tells every process, and happens once', async () => {
    const { grantId } = await grantAccess(owner, input());
    const ctx = await ctxOf(reader);
    expect((await decide(ctx, { action: 'read', product })).allow).toBe(true);
    const other = new pg.Client({ connectionString: database.current.appUrl });
    await other.connect();
    await other.query('listen portolan_access');
    const told = new Promise((resolve) => other.once('notification', resolve));
    await expect(revokeGrant(ctx, { grantId })).rejects.toMatchObject({ code: 'forbidden' });
    const both = await Promise.allSettled([
      revokeGrant(owner, { grantId }),
      revokeGrant(admin, { grantId }),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await told;
    await other.end();
    await expect
      .poll(async () => (await decide(ctx, { action: 'read', product })).allow, { timeout: 1000 })
      .toBe(false);
    await expect(revokeGrant(owner, { grantId: newId() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('reading', () => {
  it('shows managers all grants with their use, others their own', async () => {
    const { grantId } = await grantAccess(owner, input());
    const usage = { productId: product.id, actorId: reader.id, shape: 'rows', format: 'json' };
    await db().usageEvent.createMany({
      data: [200, 200, 403].map((status) => ({
        ...usage,
        id: newId(),
        at: new Date(),
        status,
        rowCount: 1n,
        sizeBytes: 1n,
        latencyMs: 1,
      })),
    });
    expect(await listGrants(owner, product.id)).toMatchObject([
      { id: grantId, state: 'active', reads: { count: 2 }, grantedBy: emailOf(owner) },
    ]);
    const stranger = await ctxOf(await makeUser());
    await expect(listGrants(stranger, product.id)).rejects.toMatchObject({ code: 'forbidden' });
    const mine = await productAccess(await ctxOf(reader), product.id);
    expect(mine).toMatchObject({
      canManage: false,
      decision: { allow: true },
      grants: [{ id: grantId }],
    });
    expect(mine.roles.map((role) => role.role)).toEqual(['data_producer', 'data_admin']);
    expect(await productAccess(stranger, product.id)).toMatchObject({
      decision: { allow: false },
      grants: [],
    });
    const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: newId(), via: 'none' };
    await expect(productAccess(nobody, product.id)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});
