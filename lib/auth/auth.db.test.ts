import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, setEnv, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import {
  actorForSession,
  changePassword,
  createFirstAdmin,
  createUser,
  ctxForUser,
  demoAccounts,
  endSessions,
  listPeople,
  needsFirstAdmin,
  resetPassword,
  sessionCookieFor,
  setDisabled,
  setPlatformRoles,
  signInWithPassword,
} from '.';

useTestDatabase();
beforeAll(() => setEnv({ PORTOLAN_AUTH_SECRET: 'a-secret-for-tests-of-32-characters!' }));

const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
const password = 'correct horse battery';
const actions = async () => (await db().auditEvent.findMany()).map((event) => event.action);

async function admin(): Promise<Ctx> {
  return ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
}
async function personWithPassword(email: string) {
  const { id } = await createUser(systemCtx('test'), { email, name: 'Ada', password });
  return { id, ctx: await ctxOf({ id }) };
}

describe('first run', () => {
  it('makes one platform admin, whoever asks at the same time, and then no more', async () => {
    expect(await needsFirstAdmin()).toBe(true);
    const ask = (name: string) =>
      createFirstAdmin(nobody, { email: `${name}@first.example`, name, password });
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map(ask));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await db().user.count()).toBe(1);
    expect(await needsFirstAdmin()).toBe(false);
    await expect(ask('e')).rejects.toMatchObject({ code: 'precondition' });
  });
});

describe('createUser', () => {
  it('stores argon2id, lower-cases the address, and is audited', async () => {
    const { id } = await createUser(await admin(), {
      email: '  Ada@Example.com ',
      name: 'Ada',
      password,
      platformRoles: ['steward', 'steward'],
    });
    const user = await db().user.findUniqueOrThrow({ where: { id } });
    expect(user).toMatchObject({ email: 'ada@example.com', platformRoles: ['steward'] });
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await actions()).toContain('person.create');
  });

  it('refuses weak passwords, bad addresses, taken addresses and people who may not', async () => {
    const ctx = await admin();
    const make = (change: Record<string, unknown>, as = ctx) =>
      createUser(as, { email: 'new@example.com', name: 'N', password, ...change });
    await expect(make({ password: 'short' })).rejects.toThrow(/at least 12/);
    await expect(make({ password: 'aaaaaaaaaaaaa' })).rejects.toThrow(/different/);
    await expect(make({ email: 'nobody' })).rejects.toThrow(/e-mail/);
    await expect(make({ name: 'a\u0000b' })).rejects.toThrow(/printable/);
    await expect(make({ email: 'ADA@example.com' })).rejects.toMatchObject({
      code: 'conflict',
      details: { fields: { email: expect.any(String) } },
    });
    await expect(make({}, await ctxOf(await makeUser()))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(make({}, nobody)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('signInWithPassword', () => {
  it('lets the right password in and says the same of every wrong one', async () => {
    const { id } = await personWithPassword('in@example.com');
    const signIn = (email: string, given = password) =>
      signInWithPassword({ email, password: given, ip: '10.0.0.1' });
    expect(await signIn('In@Example.com ')).toEqual({ id, epoch: 0 });
    const wrong = await signIn('in@example.com', 'wrong password!').catch((error) => error);
    const unknown = await signIn('nobody@example.com').catch((error) => error);
    expect(wrong).toMatchObject({ code: 'unauthenticated' });
    expect(unknown.message).toBe(wrong.message);
    await setDisabled(await admin(), { userId: id, isDisabled: true });
    expect(await signIn('in@example.com').catch((error) => error.message)).toBe(wrong.message);
    expect(await actions()).toEqual(expect.arrayContaining(['session.start', 'session.refuse']));
  });

  it('stops guessing, also when the guesses come all at once, for this address only', async () => {
    await personWithPassword('guess@example.com');
    const guess = (ip: string, given = 'not the password') =>
      signInWithPassword({ email: 'guess@example.com', password: given, ip });
    const results = await Promise.allSettled(Array.from({ length: 14 }, () => guess('10.0.0.2')));
    const codes = results.map((result) => result.status === 'rejected' && result.reason.code);
    expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(10);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(4);
    const limited = await guess('10.0.0.2', password).catch((error) => error);
    expect(limited).toMatchObject({ code: 'rate_limited', message: /minutes/ });
    expect(limited.details.retryAfterS).toBeGreaterThan(800);
    await expect(guess('10.0.0.3', password)).resolves.toMatchObject({ epoch: 0 });
  });
});

describe('sessions', () => {
  it('carry the roles held now and end at once for the disabled and the signed-out', async () => {
    const domain = await makeDomain();
    const user = await makeMember(domain.id, 'data_producer');
    const cookie = await sessionCookieFor(user.id);
    expect(await actorForSession(`theme=dark; ${cookie}`)).toMatchObject({
      id: user.id,
      memberships: [{ domain: domain.name, role: 'data_producer' }],
    });
    await endSessions(await ctxOf(user));
    expect(await actorForSession(cookie)).toBeNull();
    const again = await sessionCookieFor(user.id);
    expect(await actorForSession(again)).toMatchObject({ id: user.id });
    await setDisabled(await admin(), { userId: user.id, isDisabled: true });
    expect(await actorForSession(again)).toBeNull();
    await setDisabled(await admin(), { userId: user.id, isDisabled: false });
    expect(await actorForSession(again)).toBeNull();
  });

  it('are refused when forged, of another secret or empty', async () => {
    const user = await makeUser();
    const cookie = await sessionCookieFor(user.id);
    setEnv({ PORTOLAN_AUTH_SECRET: 'another-secret-for-tests-32-characters' });
    expect(await actorForSession(cookie)).toBeNull();
    setEnv({ PORTOLAN_AUTH_SECRET: 'a-secret-for-tests-of-32-characters!' });
    expect(await actorForSession(`${cookie.slice(0, -4)}AAAA`)).toBeNull();
    expect(await actorForSession(undefined)).toBeNull();
    expect(await actorForSession(cookie)).not.toBeNull();
  });

  it("of others end by a platform admin's hand only", async () => {
    const user = await makeUser();
    const other = await ctxOf(await makeUser());
    await expect(endSessions(other, { userId: user.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await endSessions(await admin(), { userId: user.id });
    expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).sessionEpoch).toBe(1);
  });
});

describe('passwords', () => {
  it('are changed by who knows the old one, and end every session', async () => {
    const { id, ctx } = await personWithPassword('change@example.com');
    const cookie = await sessionCookieFor(id);
    expect(await actorForSession(cookie)).not.toBeNull();
    const next = 'another fine password';
    await expect(changePassword(ctx, { current: 'wrong wrong', next })).rejects.toMatchObject({
      details: { fields: { current: expect.any(String) } },
    });
    await expect(changePassword(ctx, { current: password, next: 'short' })).rejects.toThrow(/12/);
    await changePassword(ctx, { current: password, next });
    expect(await actorForSession(cookie)).toBeNull();
    await signInWithPassword({ email: 'change@example.com', password: next });
    const byToken = await ctxOf({ id }, { id: 't', scopes: ['admin'] });
    await expect(changePassword(byToken, { current: next, next: password })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('are reset by a platform admin', async () => {
    const { id, ctx } = await personWithPassword('reset@example.com');
    const next = 'given by the admin';
    await expect(resetPassword(ctx, { userId: id, password: next })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await resetPassword(await admin(), { userId: id, password: next });
    await signInWithPassword({ email: 'reset@example.com', password: next });
  });
});

describe('platform roles', () => {
  it('are given by platform admins', async () => {
    const user = await makeUser();
    const change = { userId: user.id, platformRoles: ['steward' as const] };
    await expect(setPlatformRoles(await ctxOf(user), change)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await setPlatformRoles(await admin(), change);
    expect((await ctxForUser(user.id)).actor).toMatchObject({ platformRoles: ['steward'] });
    const row = await db().auditEvent.findFirst({ where: { targetId: user.id } });
    expect(row).toMatchObject({
      action: 'person.roles',
      detail: { before: { platformRoles: [] }, after: { platformRoles: ['steward'] } },
    });
  });

  it('never leave the portal without a platform admin, also when two remove each other', async () => {
    await db().user.updateMany({ data: { platformRoles: [] } });
    const users = [
      await makeUser({ platformRoles: ['platform_admin'] }),
      await makeUser({ platformRoles: ['platform_admin'] }),
    ];
    const [first, second] = [await ctxOf(users[0]!), await ctxOf(users[1]!)];
    const results = await Promise.allSettled([
      setPlatformRoles(first, { userId: users[1]!.id, platformRoles: [] }),
      setDisabled(second, { userId: users[0]!.id, isDisabled: true }),
    ]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ reason: { code: 'precondition' } });
    await expect(setDisabled(first, { userId: users[0]!.id, isDisabled: true })).rejects.toThrow(
      /yourself/,
    );
  });
});

describe('queries', () => {
  it('list people a page at a time for those who may, and find them', async () => {
    const ctx = await admin();
    const first = await listPeople(ctx, { limit: 2 });
    expect(first.people).toHaveLength(2);
    const second = await listPeople(ctx, { limit: 2, after: first.nextAfter! });
    expect(second.people[0]!.email > first.people[1]!.email).toBe(true);
    expect((await listPeople(ctx, { q: 'CHANGE@' })).people).toMatchObject([
      { email: 'change@example.com', hasPassword: true, isDisabled: false },
    ]);
    await expect(listPeople(await ctxOf(await makeUser()))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('show demo accounts in demo mode only', async () => {
    expect(await demoAccounts()).toBeNull();
    const value = { users: [{ email: 'a@b.c', name: 'A', role: 'Admin' }], password: 'demo' };
    await db().setting.create({ data: { key: 'demo', value } });
    expect(await demoAccounts()).toEqual(value);
    setEnv({ PORTOLAN_DEMO: 'false' });
    expect(await demoAccounts()).toBeNull();
    setEnv({ PORTOLAN_DEMO: 'true' });
  });
});
