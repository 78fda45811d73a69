import { afterEach, describe, expect, it } from 'vitest';
import { type Ctx, db, notify, now, setClock, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { actorForToken, createApiToken, listApiTokens, revokeApiToken, setDisabled } from '.';

useTestDatabase();
afterEach(() => setClock(undefined));

const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
const actions = async () => (await db().auditEvent.findMany()).map((event) => event.action);

async function admin(): Promise<Ctx> {
  return ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
}

describe('API tokens', () => {
  it('act as their person within their scopes, are stored hashed and shown once', async () => {
    const user = await makeUser();
    const ctx = await ctxOf(user);
    const made = await createApiToken(ctx, {
      name: 'notebook',
      scopes: ['data:read', 'data:read'],
      expiresInDays: 30,
    });
    expect(made.token).toMatch(/^ptl_[\w-]{43}$/);
    const row = await db().apiToken.findUniqueOrThrow({ where: { id: made.id } });
    expect(row.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify({ row, list: await listApiTokens(ctx) })).not.toContain(made.token);
    expect(await actorForToken(made.token)).toMatchObject({
      id: user.id,
      token: { id: made.id, scopes: ['data:read'] },
    });
    expect(await actions()).toContain('token.create');
  });

  it('note their use at most once a minute', async () => {
    const ctx = await ctxOf(await makeUser());
    const { token, id } = await createApiToken(ctx, {
      name: 't',
      scopes: ['catalog:read'],
      expiresInDays: 1,
    });
    const lastUsed = async () =>
      (await db().apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime();
    const start = now().getTime();
    const usedAt = async (time: number) => {
      setClock(() => time);
      await actorForToken(token);
      return lastUsed();
    };
    expect(await usedAt(start)).toBe(start);
    expect(await usedAt(start + 59_000)).toBe(start);
    expect(await usedAt(start + 61_000)).toBe(start + 61_000);
  });

  it('stop when revoked, expired, or their person is disabled', async () => {
    const user = await makeUser();
    const ctx = await ctxOf(user);
    const input = { name: 't', scopes: ['catalog:read' as const], expiresInDays: 2 };
    const [a, b] = [await createApiToken(ctx, input), await createApiToken(ctx, input)];
    await actorForToken(a.token);
    await revokeApiToken(ctx, { tokenId: a.id });
    await expect(actorForToken(a.token)).rejects.toThrow(/revoked/);
    await expect(revokeApiToken(ctx, { tokenId: a.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    await actorForToken(b.token);
    const start = Date.now();
    setClock(() => start + 3 * 86_400_000);
    await expect(actorForToken(b.token)).rejects.toThrow(/expired/);
    setClock(undefined);
    await setDisabled(await admin(), { userId: user.id, isDisabled: true });
    await expect(actorForToken(b.token)).rejects.toThrow(/disabled/);
  });

  it('need a scope, an end within a year, and cannot make others without the scope admin', async () => {
    const user = await makeUser();
    const ctx = await ctxOf(user);
    const input = { name: 't', scopes: ['catalog:read' as const], expiresInDays: 2 };
    await expect(createApiToken(ctx, { ...input, scopes: [] })).rejects.toThrow(/may do/);
    await expect(createApiToken(ctx, { ...input, expiresInDays: 366 })).rejects.toThrow(/365/);
    await expect(createApiToken(ctx, { ...input, expiresInDays: 0 })).rejects.toThrow(/one day/);
    await expect(createApiToken(nobody, input)).rejects.toMatchObject({ code: 'unauthenticated' });
    const byToken = await ctxOf(user, { id: 'x', scopes: ['catalog:read'] });
    await expect(createApiToken(byToken, input)).rejects.toMatchObject({ code: 'forbidden' });
    const { id } = await createApiToken(ctx, input);
    await expect(
      revokeApiToken(await ctxOf(await makeUser()), { tokenId: id }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('end themselves, and others of their person only with the scope admin', async () => {
    const user = await makeUser();
    const ctx = await ctxOf(user);
    const input = { name: 't', scopes: ['catalog:read' as const], expiresInDays: 2 };
    const [own, other] = [await createApiToken(ctx, input), await createApiToken(ctx, input)];
    const byToken = await ctxOf(user, { id: own.id, scopes: ['catalog:read'] });
    await expect(revokeApiToken(byToken, { tokenId: other.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    await revokeApiToken(byToken, { tokenId: own.id });
    await revokeApiToken(await ctxOf(user, { id: 'x', scopes: ['admin'] }), { tokenId: other.id });
    await expect(actorForToken(own.token)).rejects.toThrow(/revoked/);
  });

  it('stop when another process revoked them, as soon as it says so', async () => {
    const ctx = await ctxOf(await makeUser());
    const input = { name: 't', scopes: ['catalog:read' as const], expiresInDays: 2 };
    const { id, token } = await createApiToken(ctx, input);
    await actorForToken(token);
    await transact(async (tx) => {
      await tx.apiToken.update({ where: { id }, data: { revokedAt: now() } });
      await notify(tx, 'portolan_access', ctx.actor.type === 'user' ? ctx.actor.id : '');
    });
    await expect
      .poll(() => actorForToken(token).catch((error) => error.code))
      .toBe('unauthenticated');
  });
});
