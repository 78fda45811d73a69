import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import NextAuth from 'next-auth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authOptions, createUser, endSessions, setDisabled } from '@/lib/auth';
import { db, setEnv, systemCtx } from '@/lib/core';
import { Browser } from '@/lib/runtime/testing/browser';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeUser } from '@/lib/runtime/testing/factories';
import { startIssuer, type TestIssuer } from '@/lib/runtime/testing/oidc';
import { buildServer } from './server';

useTestDatabase();

type Handler = (request: unknown, response: unknown) => Promise<void>;

/** next-auth over plain Node: what Next's router does for it, nothing more. */
async function authPages(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url!, 'http://x');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  const cookies = Object.fromEntries(
    pairs.map(([name, ...value]) => [name, decodeURIComponent(value.join('='))]),
  );
  const nextauth = url.pathname.split('/').slice(3);
  const query = { ...Object.fromEntries(url.searchParams), nextauth };
  const answer = Object.assign(response, {
    status: (code: number) => Object.assign(response, { statusCode: code }),
    send: (text: unknown) => response.end(typeof text === 'string' ? text : JSON.stringify(text)),
    json: (value: unknown) => response.end(JSON.stringify(value)),
  });
  await (NextAuth(authOptions()) as Handler)(
    Object.assign(request, { query, body, cookies }),
    answer,
  );
}

const probes: FastifyPluginAsyncZod = async (app) => {
  app.get('/me', { config: { isPublic: true } }, async ({ ctx }) => ({
    via: ctx.via,
    actor: ctx.actor,
  }));
  app.post('/change', async ({ ctx }) => ({ via: ctx.via }));
};

let app: FastifyInstance;
let site: string;
let issuer: TestIssuer;
let browser: Browser;

beforeAll(async () => {
  app = await buildServer(authPages, { probes });
  site = await app.listen({ host: '127.0.0.1', port: 0 });
  issuer = await startIssuer(`${site}/api/auth/callback/oidc`);
  setEnv({
    PORTOLAN_AUTH_SECRET: 'a-secret-for-tests-of-32-characters!',
    AUTH_TRUST_HOST: 'true',
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: 'portolan',
    OIDC_CLIENT_SECRET: 'test-only-client-secret',
    OIDC_GROUP_ROLES: 'mesh-admins=platform_admin,sales-eng=sales:data_producer,x=gone:data_admin',
  });
  await makeDomain({ name: 'sales' });
});
afterAll(async () => {
  await issuer.close();
  await app.close();
});
beforeEach(() => {
  browser = new Browser();
});

const me = async () =>
  (await browser.request(`${site}/api/v1/me`)).json() as Promise<{
    via: string;
    actor: { type: string; email: string; platformRoles: string[]; memberships: unknown[] };
  }>;

async function csrf(): Promise<string> {
  const response = await browser.request(`${site}/api/auth/csrf`);
  return ((await response.json()) as { csrfToken: string }).csrfToken;
}

async function signInByPassword(email: string, password: string, callbackUrl = '/catalog') {
  const form = { csrfToken: await csrf(), email, password, callbackUrl, json: 'true' };
  const response = await browser.post(`${site}/api/auth/callback/credentials`, form);
  return { status: response.status, ...((await response.json()) as { url: string }) };
}

/** The whole code flow; ends at the address that the portal sends the person to. */
async function signInByIssuer(login: string): Promise<string> {
  const start = `${site}/api/auth/signin/oidc`;
  const first = await browser.post(start, { csrfToken: await csrf(), callbackUrl: '/domains' });
  let page = await browser.follow(first, start);
  const steps: Record<string, string>[] = [
    { prompt: 'login', login, password: 'any' },
    { prompt: 'consent' },
  ];
  for (const form of steps) {
    const action = /action="([^"]+)"/.exec(await page.response.text())?.[1];
    if (!action) break;
    const target = new URL(action, page.url).href;
    const landed = (url: string) => url.startsWith(site) && !url.includes('/api/auth/callback/');
    page = await browser.follow(await browser.post(target, form), target, landed);
    if (landed(page.url)) break;
  }
  return page.url.slice(site.length);
}

describe('password', () => {
  it('signs in, reads the API by cookie, and stays inside this site', async () => {
    const password = 'correct horse battery';
    await createUser(systemCtx('test'), { email: 'ada@example.com', name: 'Ada', password });
    expect((await me()).actor.type).toBe('anonymous');
    const wrong = await signInByPassword('ada@example.com', 'wrong');
    expect(wrong).toMatchObject({ status: 401, url: expect.stringMatching(/CredentialsSignin/) });
    const right = await signInByPassword('ada@example.com', password, 'https://evil.example/x');
    expect(new URL(right.url).origin).toBe(site);
    expect(await me()).toMatchObject({ via: 'session', actor: { email: 'ada@example.com' } });
    const session = await (await browser.request(`${site}/api/auth/session`)).json();
    expect(session).toMatchObject({ user: { email: 'ada@example.com' } });
  });

  it('takes changes by cookie from our own pages only (CSRF)', async () => {
    const user = await createUser(systemCtx('test'), {
      email: 'csrf@example.com',
      name: 'C',
      password: 'correct horse battery',
    });
    await signInByPassword('csrf@example.com', 'correct horse battery');
    const change = async (headers: Record<string, string>) =>
      (await browser.request(`${site}/api/v1/change`, { method: 'POST', headers })).status;
    expect(await change({ origin: site })).toBe(200);
    expect(await change({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await change({})).toBe(403);
    expect(await change({ origin: 'https://evil.example' })).toBe(403);
    expect(await change({ origin: 'null' })).toBe(403);
    expect(await change({ 'sec-fetch-site': 'cross-site', origin: site })).toBe(403);
    expect(await change({ 'sec-fetch-site': 'same-site' })).toBe(403);
    await endSessions(await ctxOf(user));
    expect((await me()).actor.type).toBe('anonymous');
  });
});

describe('OpenID Connect', () => {
  it('creates the person by verified e-mail, with the roles of their groups, and follows the groups', async () => {
    const claims = { email: 'Grace@Example.com', email_verified: true, name: 'Grace Hopper' };
    issuer.accounts.set('grace', { ...claims, groups: ['sales-eng', 'mesh-admins', 'x'] });
    expect(await signInByIssuer('grace')).toBe('/domains');
    expect((await me()).actor).toMatchObject({
      email: 'grace@example.com',
      name: 'Grace Hopper',
      platformRoles: ['platform_admin'],
      memberships: [{ domain: 'sales', role: 'data_producer' }],
    });
    issuer.accounts.set('grace', { ...claims, groups: [] });
    browser = new Browser();
    await signInByIssuer('grace');
    expect((await me()).actor).toMatchObject({ platformRoles: [], memberships: [] });
    expect(await db().user.count({ where: { email: 'grace@example.com' } })).toBe(1);
  });

  it('keeps roles that were given in the portal', async () => {
    const user = await makeUser({ email: 'both@example.com', platformRoles: ['steward'] });
    const sales = await db().domain.findUniqueOrThrow({ where: { name: 'sales' } });
    const ids = { domainId: sales.id, userId: user.id };
    await db().membership.create({ data: { ...ids, role: 'data_admin' } });
    const claims = { email: 'both@example.com', email_verified: true };
    issuer.accounts.set('both', { ...claims, groups: ['sales-eng'] });
    await signInByIssuer('both');
    expect((await me()).actor).toMatchObject({
      id: user.id,
      platformRoles: ['steward'],
      memberships: [{ domain: 'sales', role: 'data_admin' }],
    });
  });

  it('links no account by an address the issuer has not verified', async () => {
    const user = await makeUser({ email: 'victim@example.com' });
    issuer.accounts.set('thief', { email: 'victim@example.com', email_verified: false });
    const landed = decodeURIComponent(await signInByIssuer('thief'));
    expect(landed).toMatch(/^\/signin\?error=.*not verified/);
    expect((await me()).actor.type).toBe('anonymous');
    expect(await db().identity.count({ where: { userId: user.id } })).toBe(0);
  });

  it('lets nobody in who is disabled here', async () => {
    issuer.accounts.set('dan', { email: 'dan@example.com', email_verified: true });
    await signInByIssuer('dan');
    const dan = await db().user.findUniqueOrThrow({ where: { email: 'dan@example.com' } });
    const admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
    await setDisabled(admin, { userId: dan.id, isDisabled: true });
    expect((await me()).actor.type).toBe('anonymous');
    browser = new Browser();
    expect(await signInByIssuer('dan')).toMatch(/^\/signin\?error=.*disabled/);
  });
});
