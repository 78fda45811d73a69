import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, listen, newId, notify, setClock, systemCtx, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  type DecisionProduct,
  decide,
  effectivePolicy,
  requireDecision,
  seedPolicies,
} from './index';

useTestDatabase();
type Person = { id: string };
const people: Record<string, Person> = {};
const products: Record<string, DecisionProduct> = {};

async function heard(channel: 'portolan_access' | 'portolan_policy', change: () => Promise<void>) {
  // Registered after the cache's listener: once this one has heard, so has that one.
  const done = Promise.withResolvers<void>();
  const stop = await listen(channel, () => done.resolve());
  await change();
  await done.promise;
  stop();
}

beforeAll(async () => {
  const sales = await makeDomain({ name: 'sales' });
  const hr = await makeDomain({ name: 'hr' });
  people.owner = await makeUser({ email: 'owner@portolan.example' });
  people.outsider = await makeUser();
  people.steward = await makeUser({ platformRoles: ['steward', 'platform_admin'] });
  people.elsewhere = await makeMember(hr.id, 'data_admin');
  for (const role of ['data_consumer', 'data_producer', 'data_admin'] as const) {
    people[role] = await makeMember(sales.id, role);
  }
  for (const classification of ['public', 'internal', 'confidential', 'restricted']) {
    const product = await makeProduct({
      domainId: sales.id,
      ownerId: people.owner.id,
      name: classification,
      title: `The ${classification} one`,
      classification,
    });
    products[classification] = { ...product, domain: 'sales' };
  }
  expect(await seedPolicies(systemCtx('seed'))).toEqual({
    created: ['global-data-governance', 'sales-data-governance'],
    skipped: ['finance-data-governance', 'marketing-data-governance'],
  });
});

const mayRead = async (ctx: Ctx, classification: string) =>
  (await decide(ctx, { action: 'read', product: products[classification]! })).allow;

describe('who reads what', () => {
  const table: Record<string, string[]> = {
    owner: ['public', 'internal', 'confidential', 'restricted'],
    outsider: ['public'],
    steward: ['public'],
    elsewhere: ['public'],
    data_consumer: ['public', 'internal'],
    data_producer: ['public', 'internal', 'confidential'],
    data_admin: ['public', 'internal', 'confidential', 'restricted'],
  };
  it.each(Object.entries(table))('%s', async (person, expected) => {
    const ctx = await ctxOf(people[person]!);
    const allowed: string[] = [];
    for (const classification of Object.keys(products)) {
      if (await mayRead(ctx, classification)) allowed.push(classification);
    }
    expect(allowed).toEqual(expected);
  });

  it('writes need a role that writes', async () => {
    const product = products.internal!;
    const mayWrite = async (person: string) =>
      (await decide(await ctxOf(people[person]!), { action: 'write', product })).allow;
    expect(await mayWrite('data_consumer')).toBe(false);
    expect(await mayWrite('data_producer')).toBe(true);
  });

  it('nobody who is not signed in reads anything; the portal itself does', async () => {
    const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: newId(), via: 'none' };
    expect(await mayRead(nobody, 'public')).toBe(false);
    expect(await mayRead(systemCtx('worker'), 'restricted')).toBe(true);
  });

  it('a token reads with the scope only, its owner’s own products too', async () => {
    const without = await ctxOf(people.owner!, { id: newId(), scopes: ['catalog:read'] });
    const answer = await decide(without, { action: 'read', product: products.public! });
    expect(answer).toMatchObject({ allow: false, policies: [{ id: 'portolan/token-scope/read' }] });
    expect(answer.reason).toContain('data:read');
    const scoped = await ctxOf(people.owner!, { id: newId(), scopes: ['data:read'] });
    expect(await mayRead(scoped, 'restricted')).toBe(true);
  });

  it('a retired product is closed to everybody', async () => {
    const product = { ...products.public!, status: 'retired' };
    expect(await decide(await ctxOf(people.owner!), { action: 'read', product })).toMatchObject({
      allow: false,
      policies: [{ id: 'portolan/retired-product' }],
    });
  });
});

describe('explaining', () => {
  it('says who may what, and whom to ask', async () => {
    const ctx = await ctxOf(people.data_consumer!);
    expect(await decide(ctx, { action: 'read', product: products.restricted! })).toEqual({
      allow: false,
      policies: [
        {
          id: 'global-data-governance/v1/access_control/data_admin',
          title: 'Only a data_admin of the domain may read restricted data',
        },
      ],
      reason:
        'The restricted one is restricted: by global-data-governance/v1 only a data_admin of sales may read it. You are a data_consumer of sales, who may read data that is public and internal, and you hold no grant.',
      howToAsk: { owner: 'owner@portolan.example', href: '/products/sales/restricted/access' },
      purposes: null,
      grantId: null,
      terms: null,
    });
    expect(await decide(ctx, { action: 'read', product: products.internal! })).toMatchObject({
      allow: true,
      policies: [{ id: 'global-data-governance/v1/access_control/data_consumer' }],
      reason: 'You are a data_consumer of sales, who may read internal data.',
    });
  });

  it('records both answers before it gives them', async () => {
    const ctx = await ctxOf(people.outsider!);
    const refused = requireDecision(ctx, {
      action: 'read',
      product: products.internal!,
      context: { purpose: 'curiosity' },
    });
    const error = await refused.catch((failure: unknown) => failure);
    expect(error).toMatchObject({
      code: 'forbidden',
      details: { howToAsk: { owner: 'owner@portolan.example' } },
    });
    const { decisionId } = (error as { details: { decisionId: string } }).details;
    expect(await db().auditEvent.findFirst({ where: { id: decisionId } })).toMatchObject({
      action: 'product.read',
      decision: 'deny',
      actorId: people.outsider!.id,
      productId: products.internal!.id,
      detail: {
        purpose: 'curiosity',
        product: 'sales/internal',
        policies: ['data_consumer', 'data_producer', 'data_admin'].map(
          (role) => `global-data-governance/v1/access_control/${role}`,
        ),
      },
    });
    const allowed = await requireDecision(ctx, { action: 'read', product: products.public! });
    expect(await db().auditEvent.findFirst({ where: { id: allowed.id } })).toMatchObject({
      decision: 'allow',
    });
  });
});

describe('changes', () => {
  it('hears of grants at once and lets them end on time', async () => {
    const ctx = await ctxOf(people.outsider!);
    expect(await mayRead(ctx, 'restricted')).toBe(false);
    const id = newId();
    const expiresAt = new Date(Date.now() + 3_600_000);
    await heard('portolan_access', () =>
      transact(async (tx) => {
        await tx.grant.create({
          data: {
            id,
            productId: products.restricted!.id,
            subjectId: people.outsider!.id,
            purpose: 'An audit',
            grantedById: people.owner!.id,
            expiresAt,
          },
        });
        await notify(tx, 'portolan_access', id);
      }),
    );
    const answer = await decide(ctx, { action: 'read', product: products.restricted! });
    expect(answer.policies.map((one) => one.id)).toEqual(['portolan/grant/read']);
    expect(answer.reason).toContain('An audit');
    setClock(() => expiresAt.getTime() + 1);
    expect(await mayRead(ctx, 'restricted')).toBe(false);
    setClock(undefined);
  });

  it('refuses a person who was disabled', async () => {
    const person = await makeUser();
    const ctx = await ctxOf(person);
    expect(await mayRead(ctx, 'public')).toBe(true);
    await heard('portolan_access', () =>
      transact(async (tx) => {
        await tx.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
        await notify(tx, 'portolan_access', person.id);
      }),
    );
    expect(await mayRead(ctx, 'public')).toBe(false);
  });

  it('follows a new version of a policy', async () => {
    const ctx = await ctxOf(people.data_consumer!);
    expect(await mayRead(ctx, 'internal')).toBe(true);
    await heard('portolan_policy', () =>
      transact(async (tx) => {
        const old = await tx.policyDocument.findFirstOrThrow({
          where: { name: 'global-data-governance' },
        });
        const document = structuredClone(old.document) as {
          spec: { access_control: { data_access: string[] }[] };
        };
        document.spec.access_control[0]!.data_access = ['public'];
        await tx.policyDocument.update({ where: { id: old.id }, data: { stage: 'superseded' } });
        await tx.policyDocument.create({
          data: { ...old, id: newId(), version: 2, document: document as object },
        });
        await notify(tx, 'portolan_policy', old.name);
      }),
    );
    expect(await mayRead(ctx, 'internal')).toBe(false);
    expect((await effectivePolicy('sales')).version).toContain('global-data-governance/v2');
  });
});
