import type { FastifyInstance, InjectOptions } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorForSession, createApiToken, sessionCookieFor } from '@/lib/auth';
import { db, setEnv, TOKEN_SCOPES } from '@/lib/core';
import { API_ROUTES } from '@/lib/http/routes';
import { buildServer } from '@/lib/http/server';
import { useTestDatabase } from '../testing/database';
import { ctxOf } from '../testing/factories';
import { secret } from './cases';
import { SECRET } from './secret';
import { makeWorld, type World } from './world';

useTestDatabase();
let app: FastifyInstance;
let world: World;
const routes: { method: InjectOptions['method']; url: string }[] = [];
const tokens = { stranger: '', disabled: '' };

/** Each plug-in as it is, noting its routes. */
const noted = Object.fromEntries(
  Object.entries(API_ROUTES).map(([name, plugin]): [string, FastifyPluginAsyncZod] => [
    name,
    async (scope, options) => {
      scope.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) routes.push({ method: one as 'GET', url });
      });
      await plugin(scope, options);
    },
  ]),
);

beforeAll(async () => {
  setEnv({ PORTOLAN_AUTH_SECRET: 'a-secret-for-tests-of-32-characters!' });
  world = await makeWorld();
  const { disabled, strangerId } = world.people;
  const tokenFor = async (id: string) => {
    const made = { name: 'walk', scopes: [...TOKEN_SCOPES], expiresInDays: 1 };
    return (await createApiToken(await ctxOf({ id }), made)).token;
  };
  tokens.stranger = await tokenFor(strangerId);
  await db().user.update({ where: { id: disabled.id }, data: { disabledAt: null } });
  tokens.disabled = await tokenFor(disabled.id);
  await db().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
  app = await buildServer(undefined, noted);
  await app.ready();
});
afterAll(() => app.close());

/** Addresses point at what is restricted; what a parameter stands for depends on the word before it. */
function addressOf(url: string): string {
  const { ids } = world;
  const byWord: Record<string, string> = {
    runs: ids.run,
    violations: ids.violation,
    waivers: ids.waiver,
    holds: ids.hold,
    requests: ids.request,
    webhooks: ids.webhook,
    deliveries: ids.delivery,
    incidents: ids.incident,
    metrics: 'storage_efficiency',
    shares: ids.share,
    digests: ids.digest,
    comments: ids.comment,
    dashboards: 'quality',
    charts: 'quality_incidents',
    own: 'entries',
    campaigns: ids.campaign,
    quarantine: ids.sideFile,
    grants: ids.grant,
    items: ids.waiting,
    tokens: ids.token,
    drafts: ids.draft,
    people: ids.owner,
    members: ids.owner,
    audit: ids.event,
    views: ids.view,
    saved: ids.query,
    policies: 'global-data-governance',
    templates: 'batch_analytics',
    products: ids.salaries,
    versions: '2',
    objectives: 'answers',
    reviews: ids.review,
    questions: ids.question,
    answers: ids.answer,
    announcements: ids.announcement,
    reports: ids.report,
    glossary: 'entry',
    tags: 'booking',
    certifications: ids.certification,
    samples: 'x',
    'contract-versions': ids.proposed,
    inputs: ids.salaries,
  };
  const byName: Record<string, string> = {
    domain: 'vault',
    product: secret,
    productId: ids.salaries,
    userId: ids.owner,
    ruleId: ids.qualityRule,
  };
  return url
    .replace(/([\w-]+)\/:(\w+)/g, (_, word, name) => {
      const value = byName[name] ?? byWord[word];
      if (value === undefined) throw new Error(`${url}: say in this test what :${name} points at`);
      return `${word}/${value}`;
    })
    .replace(/:product\b/g, secret);
}

async function call(one: (typeof routes)[number], token: string | null, product = secret) {
  const response = await app.inject({
    method: one.method,
    url: addressOf(one.url).replaceAll(secret, product),
    headers: token ? { authorization: `Bearer ${token}` } : {},
    ...(one.method !== 'GET' && one.method !== 'HEAD' && { payload: {} }),
  });
  return { status: response.statusCode, body: response.body };
}

/** Answered without signing in, and why. */
const PUBLIC: Record<string, string> = {
  '/api/v1/privacy/keys': 'the public key that receipts are verified with',
  '/api/v1/unsubscribe':
    'whoever holds a message stops such messages: its signed link is the proof',
};
/** What somebody without a role is answered on purpose. */
const OPEN: Record<string, string> = {
  ...PUBLIC,
  '/api/v1/me': 'themselves',
  '/api/v1/access/mine': 'their own grants and tokens',
  '/api/v1/access/cart': 'their own cart, and the purposes that can be chosen',
  '/api/v1/tokens': 'their own tokens',
  '/api/v1/domains': 'domains and their teams are how people find whom to ask',
  '/api/v1/domains/:domain': 'domains and their teams are how people find whom to ask',
  '/api/v1/catalog': 'descriptions of products, of those a policy lets them discover',
  '/api/v1/catalog/map':
    'how many products domains have and use, of those a policy lets them discover',
  '/api/v1/glossary': 'what words mean, so that everybody means the same',
  '/api/v1/glossary/:slug':
    'what a word means, and the products with it that a policy lets them discover',
  '/api/v1/insight/metrics': 'figures of products that a policy lets them discover, without names',
  ...Object.fromEntries(
    ['', '/rows', '/rows.csv', '/points.csv'].map((part) => [
      `/api/v1/insight/metrics/:metric${part}`,
      'figures of products that a policy lets them discover, without names of people',
    ]),
  ),
  '/api/v1/insight/satisfaction': 'what people say of the portal, without names and comments',
  '/api/v1/insight/shares': 'their own links, and whether there may be any',
  ...Object.fromEntries(
    ['', '/charts/:chart/points.csv'].map((part) => [
      `/api/v1/insight/dashboards/:dashboard${part}`,
      'figures of products that a policy lets them discover, without names of people',
    ]),
  ),
  '/api/v1/insight/cost': 'figures of products that a policy lets them discover',
  '/api/v1/insight/cost/model': 'what the platform asks for a unit, so that everybody can check',
  '/api/v1/insight/cost/unused': 'products that a policy lets them discover',
  '/api/v1/insight/cost/unused.csv': 'products that a policy lets them discover',
  '/api/v1/insight/duplicates.csv': 'pairs of products that a policy lets them discover',
  '/api/v1/insight/duplicates': 'pairs of products that a policy lets them discover',
  '/api/v1/insight/prometheus':
    'figures of products that a policy lets them discover, without names',
  ...Object.fromEntries(
    ['', '.csv', '/domains', '/course', '/changes'].map((part) => [
      `/api/v1/insight/scorecards${part}`,
      'how mature the products are that a policy lets them discover',
    ]),
  ),
  '/api/v1/insight/checks': 'what is asked of every product',
  '/api/v1/insight/checks/own': 'what stewards ask of every product',
  ...Object.fromEntries(
    ['', '/:id', '/:id/progress.csv'].map((part) => [
      `/api/v1/insight/campaigns${part}`,
      'what is wanted of products that a policy lets them discover',
    ]),
  ),
  '/api/v1/lineage': 'which products read which, of those a policy lets them discover',
  '/api/v1/queries/history': 'their own statements',
  '/api/v1/quality/checks': 'the catalogue of checks, which the guide lists too',
  '/api/v1/quality/incidents/:id':
    'that a rule fails of a product that they may discover, without what the data told the rule',
  '/api/v1/quality/rules/:ruleId/history': 'scores of a rule of a product that they may discover',
  '/api/v1/templates': 'what the platform offers to who makes a product',
  '/api/v1/inbox/preferences': 'their own choices of mail',
  '/api/v1/governance/policies': 'policies in force bind everybody; drafts are left out',
  '/api/v1/governance/policies/:name': 'policies in force bind everybody; drafts are left out',
  '/api/v1/governance/effective': 'policies in force bind everybody',
  '/api/v1/governance/rules': 'rules in force bind everybody',
  '/api/v1/tags': 'what tags tell, and words on products that they may discover',
  '/api/v1/tags/suggest': 'what tags tell, and words on products that they may discover',
  '/api/v1/usage/popular': 'what most people read, of what a policy lets them discover',
  '/api/v1/slo': 'how products keep what they promise, of those a policy lets them discover',
  '/api/v1/compliance': 'which rules are watched and how often; figures of their own products',
};
/** Without its link, unsubscribing is refused as wrong. */
const publicStatus = ({ url }: { url: string }): number | undefined =>
  url in PUBLIC ? (url.endsWith('/unsubscribe') ? 400 : 200) : undefined;
const hasContent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(hasContent)
    : Boolean(value);

describe('every route', () => {
  it('refuses who is not signed in, before it reads a body', async () => {
    for (const one of routes) {
      const { status } = await call(one, null);
      expect({ ...one, status }).toEqual({ ...one, status: publicStatus(one) ?? 401 });
    }
    expect(routes.length).toBeGreaterThan(100);
  });

  it('refuses a disabled person, by token and by session', async () => {
    for (const one of routes) {
      const { status } = await call(one, tokens.disabled);
      expect({ ...one, status }).toEqual({ ...one, status: 401 });
    }
    const { disabled } = world.people;
    const cookie = await sessionCookieFor(disabled.id);
    expect(await actorForSession(cookie)).toBeNull();
  });

  // 400 and 422 are about the input; the verbs are walked with input that is right.
  it('gives somebody without a role nothing but what is open', async () => {
    for (const one of routes) {
      const { status, body } = await call(one, tokens.stranger);
      const named = addressOf(one.url);
      const told = body.replaceAll(named, '').replaceAll(`vault/${secret}`, '');
      expect(told, one.url).not.toContain(SECRET);
      for (const id of [world.ids.unborn, world.ids.draft, world.ids.salaries]) {
        expect(told, one.url).not.toContain(id);
      }
      if (status < 300) {
        const isOpen = one.url in OPEN || !hasContent(body ? JSON.parse(body) : null);
        expect(isOpen, `${one.method} ${one.url} ${body}`).toBe(true);
      } else expect([400, 403, 404, 422], `${one.method} ${one.url}`).toContain(status);
    }
    expect(Object.keys(OPEN).filter((url) => !routes.some((one) => one.url === url))).toEqual([]);
  });

  it('answers of a hidden product as of one that is not there', async () => {
    for (const one of routes.filter(({ url }) => /:product\b/.test(url))) {
      const told = async (name: string) => {
        const { status, body } = await call(one, tokens.stranger, name);
        const { detail } = body ? JSON.parse(body) : { detail: null };
        return { ...one, status, detail: String(detail).replaceAll(name, '…') };
      };
      expect(await told(secret)).toEqual(await told('absent'));
    }
  });
});
