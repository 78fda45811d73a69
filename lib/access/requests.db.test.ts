import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '@/lib/audit';
import { ctxForUser } from '@/lib/auth';
import { type Ctx, db, newId, pool, setClock, setEnv, startHeartbeat, systemCtx } from '@/lib/core';
import { removeMember } from '@/lib/domains';
import { seedPolicies } from '@/lib/governance';
import { buildServer } from '@/lib/http/server';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { heard } from '@/lib/runtime/testing/heard';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { openRows } from '@/lib/serving';
import {
  accessCart,
  accessInbox,
  addToCart,
  answerItem,
  askForReviews,
  changeGrant,
  decideElevation,
  decideItem,
  endElevation,
  endElevations,
  getRequestItem,
  grantAccess,
  grantRun,
  myData,
  myRequests,
  previewRequest,
  remindOwners,
  renewAccess,
  requestAccess,
  requestElevation,
  reviewGrant,
  setAutoApproval,
  setDeputy,
  tellOfEndingGrants,
  withdrawItem,
} from './index';

useTestDatabase();
const DAY_MS = 86_400_000;
let app: FastifyInstance;
let stopWeb: () => Promise<void>;
let domain: { id: string; name: string };
let owner: Ctx;
let admin: Ctx;
let ownerId: string;

beforeAll(async () => {
  await seedPolicies(systemCtx('test'));
  domain = await makeDomain({ name: 'sales' });
  const person = await makeMember(domain.id, 'data_producer');
  ownerId = person.id;
  owner = await ctxOf(person);
  admin = await ctxOf(await makeMember(domain.id, 'data_admin'));
  app = await buildServer();
  setEnv({ PORTOLAN_URL: await app.listen({ port: 0, host: '127.0.0.1' }) });
  stopWeb = await startHeartbeat('web');
});
afterAll(async () => {
  await stopWeb();
  await app.close();
  await closeLake();
});
afterEach(() => setClock(undefined));

let productId: string;
let name: string;
let reader: Ctx;
let count = 0;
beforeEach(async () => {
  count += 1;
  name = `orders-${count}`;
  reader = await ctxOf(await makeUser());
  productId = await makeOrders(name);
});

async function makeOrders(product: string, classification = 'confidential') {
  const made = await makeLiveProduct({
    ...{ domainId: domain.id, ownerId, name: product, classification },
    fields: [
      { name: 'id', type: 'long' },
      { name: 'email', type: 'string' },
      { name: 'region', type: 'string' },
    ],
    sql: `select i as id, 'p' || i || '@x.example' as email, if(i % 2 = 0, 'EU', 'US') as region from range(10) t(i)`,
  });
  return made.product.id;
}

const ask = { purpose: 'analytics', note: 'A forecast of orders', days: 30 };
const steps = { step: <T>(_: string, work: () => Promise<T>) => work() };
const run = (itemId: string) => grantRun(steps, itemId, async () => {});
const sendOne = async (ctx: Ctx = reader) => {
  const { items } = await requestAccess(ctx, { ...ask, productIds: [productId] });
  return items[0]!.itemId;
};
const statusOf = async (id: string) =>
  (await db().accessRequestItem.findUniqueOrThrow({ where: { id } })).status;
async function rows(ctx: Ctx, query = '', product = name) {
  const signal = new AbortController().signal;
  const { body } = await openRows(ctx, { domain: 'sales', product, query, signal });
  return JSON.parse(String(body)).rows as Record<string, unknown>[];
}

describe('a request', () => {
  it('gathers products, shows what policy says before it is sent, and becomes a checked grant', async () => {
    const second = await makeOrders(`${name}-b`, 'restricted');
    await addToCart(reader, { productId });
    expect(await addToCart(reader, { productId: second })).toEqual({ count: 2 });
    const cart = await accessCart(reader);
    expect(cart.products.map((one) => one.id)).toEqual([productId, second]);
    const productIds = cart.products.map((one) => one.id);
    const { lines } = await previewRequest(reader, { ...ask, productIds });
    expect(lines).toMatchObject([
      {
        ...{ address: `sales/${name}`, now: 'nothing', opens: true, problem: null },
        policies: [{ id: 'portolan/grant/read' }],
        obligations: expect.arrayContaining(['Every read is written to the audit log']),
      },
      { classification: 'restricted', decidedBy: expect.stringContaining('@') },
    ]);
    const { items } = await requestAccess(reader, { ...ask, productIds });
    expect((await accessCart(reader)).products).toEqual([]);
    expect((await accessInbox(owner)).items.map((one) => one.id).sort()).toEqual(
      items.map((one) => one.itemId).sort(),
    );
    const [first] = items;
    await expect(rows(reader)).rejects.toMatchObject({ code: 'forbidden' });
    await decideItem(owner, { decision: 'approve', itemId: first!.itemId });
    expect(await statusOf(first!.itemId)).toBe('granting');
    await run(first!.itemId);
    expect(await statusOf(first!.itemId)).toBe('active');
    expect(await rows(reader)).toHaveLength(10);
    // The check was a read in the reader's place, through the web process, by this grant.
    const grant = await db().grant.findFirstOrThrow({ where: { requestItemId: first!.itemId } });
    const probe = await db().auditEvent.findFirst({
      where: {
        productId,
        kind: 'decision',
        detail: { path: ['via'], equals: 'probe' },
        decision: 'allow',
      },
    });
    expect(probe).toMatchObject({ actorId: actorId(reader), detail: { grant: grant.id } });
    const view = await getRequestItem(reader, first!.itemId);
    expect(view.events.map((one) => one.kind)).toEqual(['sent', 'approved', 'active']);
    expect(await myData(reader)).toMatchObject({
      grants: [{ product: { id: productId }, purpose: 'analytics', canRenew: false }],
    });
    expect((await myRequests(reader)).items).toHaveLength(2);
    expect(await verifyAudit()).toMatchObject({ ok: true });
  });

  it('is answered, refused, withdrawn; each once, and every word stays', async () => {
    const itemId = await sendOne();
    await expect(sendOne()).rejects.toThrow('open already');
    await expect(decideItem(reader, { decision: 'approve', itemId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await decideItem(owner, { decision: 'ask', itemId, note: 'Which regions?' });
    await answerItem(reader, { itemId, note: 'Only the EU' });
    await decideItem(admin, { decision: 'refuse', itemId, note: 'Use the summary' });
    await expect(decideItem(owner, { decision: 'approve', itemId })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(withdrawItem(reader, { itemId })).rejects.toMatchObject({ code: 'conflict' });
    const { events } = await getRequestItem(owner, itemId);
    expect(events.map(({ kind, note }) => [kind, note])).toEqual([
      ['sent', ask.note],
      ['question', 'Which regions?'],
      ['answer', 'Only the EU'],
      ['refused', 'Use the summary'],
    ]);
    const again = await sendOne();
    await withdrawItem(reader, { itemId: again });
    expect(await statusOf(again)).toBe('withdrawn');
    await run(again);
    expect(await db().grant.count({ where: { productId } })).toBe(0);
    const stranger = await ctxOf(await makeUser());
    await expect(getRequestItem(stranger, itemId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(pool().query(`update access_request_event set note = 'x'`)).rejects.toThrow(
      'append-only',
    );
  });

  it('is refused with a message where it cannot be asked', async () => {
    const bad: [object, object][] = [
      [{ productIds: [newId()] }, { code: 'not_found' }],
      [{ days: 366 }, { message: expect.stringContaining('365') }],
      [{ note: '' }, { message: expect.stringContaining('own words') }],
      [{ holder: { kind: 'team', domainId: domain.id } }, { code: 'invalid' }],
      [{ holder: { kind: 'product', productId } }, { code: 'invalid' }],
    ];
    for (const [more, error] of bad) {
      await expect(
        requestAccess(reader, { ...ask, productIds: [productId], ...more }),
      ).rejects.toMatchObject(error);
    }
    await expect(requestAccess(owner, { ...ask, productIds: [productId] })).rejects.toThrow(
      'need no grant',
    );
  });

  it('that is approved and cannot be read is taken back, and says why', async () => {
    const itemId = await sendOne();
    await decideItem(owner, { decision: 'approve', itemId });
    await db().productEnvironment.updateMany({
      where: { productId },
      data: { status: 'provisioning' },
    });
    await pool().query(`select pg_notify('portolan_product', '')`);
    await run(itemId);
    const view = await getRequestItem(reader, itemId);
    expect(view.status).toBe('failed');
    expect(view.events.at(-1)).toMatchObject({
      kind: 'failed',
      note: expect.stringContaining('is being provisioned'),
    });
    const grant = await db().grant.findFirstOrThrow({
      where: { productId },
      include: { events: true },
    });
    expect(grant.revokedAt).not.toBeNull();
    expect(grant.events.map((one) => one.kind).sort()).toEqual(['granted', 'undone']);
  });
});

describe('an approval', () => {
  it('narrows columns, rows and days, and the grant can be narrowed further while it is read', async () => {
    const itemId = await sendOne();
    const terms = {
      columns: { id: { as: 'plain' as const }, email: { as: 'hash' as const } },
      filter: [{ column: 'region', operator: 'eq' as const, values: ['EU'] }],
    };
    const bad = { ...terms, filter: [{ column: 'id', operator: 'eq' as const, values: ['x'] }] };
    await expect(
      decideItem(owner, { decision: 'approve', itemId, terms: bad }),
    ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('"x"') });
    await decideItem(owner, { decision: 'approve', itemId, terms, days: 7 });
    await run(itemId);
    expect(await statusOf(itemId)).toBe('active');
    const seen = await rows(reader);
    expect(seen).toHaveLength(5);
    expect(Object.keys(seen[0]!)).toEqual(['id', 'email']);
    expect(seen[0]!.email).toMatch(/^[0-9a-f]{32}$/);
    await expect(rows(reader, 'region=eq.US')).rejects.toThrow('There is no column "region"');
    const grant = await db().grant.findFirstOrThrow({ where: { productId } });
    expect(grant.expiresAt!.getTime() - Date.now()).toBeLessThan(7 * DAY_MS + 1000);
    await changeGrant(owner, {
      grantId: grant.id,
      terms: { columns: { id: { as: 'plain' } }, filter: terms.filter },
    });
    await expect
      .poll(async () => Object.keys((await rows(reader))[0]!), { timeout: 1000 })
      .toEqual(['id']);
    const events = await db().grantEvent.findMany({
      where: { grantId: grant.id },
      orderBy: { at: 'asc' },
    });
    expect(events.map((one) => one.kind)).toEqual(['granted', 'checked', 'changed']);
    expect(events[0]!.state).toMatchObject({ terms });
  });

  it('is made by the owner’s rule, written as policy, for those whom it names', async () => {
    const rule = {
      ...{ classifications: ['confidential' as const], isSameDomain: true, maxDays: 30 },
      // A character that Cedar does not write would end the whole rule.
      purposes: ['analytics', 'odd\u0001 one'],
    };
    await setAutoApproval(owner, { productId, rule });
    await expect(setAutoApproval(reader, { productId, rule })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const colleague = await ctxOf(await makeMember(domain.id, 'data_consumer'));
    const decidedBy = async (ctx: Ctx, more: object = {}) =>
      (await previewRequest(ctx, { ...ask, productIds: [productId], ...more })).lines[0]?.decidedBy;
    expect(await decidedBy(colleague)).toBeNull();
    expect(await decidedBy(reader)).toEqual(expect.any(String));
    expect(await decidedBy(colleague, { days: 31 })).toEqual(expect.any(String));
    expect(await decidedBy(colleague, { purpose: 'research' })).toEqual(expect.any(String));
    const itemId = await sendOne(colleague);
    await run(itemId);
    expect(await statusOf(itemId)).toBe('active');
    expect(await rows(colleague)).toHaveLength(10);
  });

  it('for a team opens the product to its members, for a product to nobody but that product', async () => {
    const team = await makeDomain();
    const member = await makeMember(team.id, 'data_consumer');
    const other = await ctxOf(await makeMember(team.id, 'data_consumer'));
    const asked = { ...ask, productIds: [productId] };
    const { items } = await requestAccess(await ctxOf(member), {
      ...asked,
      holder: { kind: 'team', domainId: team.id },
    });
    await decideItem(owner, { decision: 'approve', itemId: items[0]!.itemId });
    await run(items[0]!.itemId);
    expect(await rows(other)).toHaveLength(10);
    await expect(rows(reader)).rejects.toMatchObject({ code: 'forbidden' });

    const maker = await makeUser();
    const { product } = await makeLiveProduct({
      ...{ domainId: team.id, ownerId: maker.id, fields: [{ name: 'id', type: 'long' }] },
      sql: 'select 1 as id',
    });
    const sent = await requestAccess(await ctxOf(maker), {
      ...asked,
      holder: { kind: 'product', productId: product.id },
    });
    await decideItem(owner, { decision: 'approve', itemId: sent.items[0]!.itemId });
    await run(sent.items[0]!.itemId);
    expect(await statusOf(sent.items[0]!.itemId)).toBe('active');
    const ctx = await ctxOf(maker);
    await expect(rows(ctx)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await rows({ ...ctx, readerId: product.id })).toHaveLength(10);
  });
});

describe('the life of a grant', () => {
  async function granted(): Promise<{ grantId: string; expiresAt: Date }> {
    const itemId = await sendOne();
    await decideItem(owner, { decision: 'approve', itemId });
    await run(itemId);
    const grant = await db().grant.findFirstOrThrow({ where: { requestItemId: itemId } });
    return { grantId: grant.id, expiresAt: grant.expiresAt! };
  }

  it('is renewed in its last fourteen days, and ends by itself', async () => {
    const { grantId, expiresAt } = await granted();
    const renewal = { grantId, days: 60, note: 'It goes on' };
    await expect(renewAccess(reader, renewal)).rejects.toThrow('last 14 days');
    setClock(() => expiresAt.getTime() - 13 * DAY_MS);
    await tellOfEndingGrants();
    expect(
      await db().notification.count({
        where: { userId: actorId(reader), kind: 'access.expiring' },
      }),
    ).toBe(1);
    const { items } = await renewAccess(reader, renewal);
    await decideItem(owner, { decision: 'approve', itemId: items[0]!.itemId });
    await run(items[0]!.itemId);
    const renewed = await db().grant.findUniqueOrThrow({ where: { id: grantId } });
    expect(renewed.expiresAt!.getTime()).toBe(expiresAt.getTime() + 47 * DAY_MS);
    setClock(() => renewed.expiresAt!.getTime() - 1);
    expect(await rows(reader)).toHaveLength(10);
    setClock(() => renewed.expiresAt!.getTime());
    await expect(rows(reader)).rejects.toMatchObject({ code: 'forbidden' });
    await tellOfEndingGrants();
    await tellOfEndingGrants();
    const events = await db().grantEvent.findMany({ where: { grantId }, orderBy: { at: 'asc' } });
    expect(events.map((one) => one.kind)).toEqual([
      'granted',
      'checked',
      'renewed',
      'checked',
      'expired',
    ]);
  });

  it('is looked at again half a year later', async () => {
    const { grantId } = await granted();
    await db().grant.update({ where: { id: grantId }, data: { expiresAt: null } });
    const later = Date.now() + 181 * DAY_MS;
    setClock(() => later);
    await askForReviews();
    await askForReviews();
    const told = { userId: ownerId, kind: 'access.review', productId: undefined };
    expect(await db().notification.count({ where: { userId: told.userId, kind: told.kind } })).toBe(
      1,
    );
    await expect(reviewGrant(reader, { grantId })).rejects.toMatchObject({ code: 'forbidden' });
    await reviewGrant(owner, { grantId });
    const grant = await db().grant.findUniqueOrThrow({ where: { id: grantId } });
    expect(grant.reviewAt!.getTime()).toBe(later + 180 * DAY_MS);
  });
});

describe('who is away or late', () => {
  it('a deputy decides until the day, and no longer', async () => {
    const deputy = await ctxOf(await makeUser());
    const itemId = await sendOne();
    const refuse = { decision: 'refuse' as const, itemId, note: 'Not now' };
    await expect(decideItem(deputy, refuse)).rejects.toMatchObject({ code: 'forbidden' });
    const until = new Date(Date.now() + DAY_MS);
    await setDeputy(owner, { email: emailOf(deputy), until });
    expect((await accessInbox(deputy)).items.map((one) => one.id)).toContain(itemId);
    setClock(() => until.getTime() + 1);
    await expect(decideItem(deputy, refuse)).rejects.toMatchObject({ code: 'forbidden' });
    setClock(undefined);
    await decideItem(deputy, refuse);
    expect(await statusOf(itemId)).toBe('refused');
  });

  it('nobody widens or confirms a grant of their own, though they decide for others', async () => {
    const { grantId } = await grantAccess(owner, {
      ...{ productId, email: emailOf(reader), purpose: 'A study' },
    });
    const terms = { columns: { id: { as: 'plain' as const } }, filter: [] };
    await changeGrant(owner, { grantId, terms });
    await setDeputy(owner, { email: emailOf(reader), until: new Date(Date.now() + DAY_MS) });
    const refused = { code: 'forbidden', message: expect.stringContaining('your own') };
    await expect(changeGrant(reader, { grantId, terms: null })).rejects.toMatchObject(refused);
    await expect(reviewGrant(reader, { grantId })).rejects.toMatchObject(refused);
    expect(Object.keys((await rows(reader))[0]!)).toEqual(['id']);
  });

  it('a deputy decides for nobody who may not sign in any more', async () => {
    const away = await makeMember(domain.id, 'data_producer');
    const deputy = await ctxOf(await makeUser());
    await setDeputy(await ctxOf(away), {
      ...{ email: emailOf(deputy), until: new Date(Date.now() + DAY_MS) },
    });
    await db().product.update({ where: { id: productId }, data: { ownerId: away.id } });
    const itemId = await sendOne();
    await db().user.update({ where: { id: away.id }, data: { disabledAt: new Date() } });
    const refuse = { decision: 'refuse' as const, itemId, note: 'Not now' };
    await expect(decideItem(deputy, refuse)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('of two who decide at once one does, and the other reads what became of it', async () => {
    const itemId = await sendOne();
    const approve = { decision: 'approve' as const, itemId };
    const outcomes = await Promise.allSettled([
      ...[owner, admin].map((ctx) => decideItem(ctx, approve)),
    ]);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toMatchObject([
      { code: 'conflict', message: expect.stringMatching(/approved already/) },
    ]);
  });

  it('owners are reminded once, then the data admins are told', async () => {
    const itemId = await sendOne();
    expect(await remindOwners()).toEqual({ reminded: 0, escalated: 0 });
    const sent = Date.now();
    setClock(() => sent + 2.5 * DAY_MS);
    const both = await Promise.all([remindOwners(), remindOwners()]);
    expect(both.reduce((sum, one) => sum + one.reminded, 0)).toBeGreaterThan(0);
    expect(await remindOwners()).toEqual({ reminded: 0, escalated: 0 });
    setClock(() => sent + 5.5 * DAY_MS);
    await remindOwners();
    await remindOwners();
    const { events } = await getRequestItem(owner, itemId);
    expect(events.map((one) => one.kind)).toEqual(['sent', 'reminded', 'escalated']);
    expect(
      await db().notification.count({
        where: {
          userId: actorId(admin),
          kind: 'access.waiting',
          href: `/access/requests/${itemId}`,
        },
      }),
    ).toBe(1);
  });
});

describe('a role for some hours', () => {
  it('is given by somebody else, holds at once, and ends by itself', async () => {
    const person = await makeMember(domain.id, 'data_producer');
    const ctx = await ctxOf(person);
    const asked = {
      role: 'data_admin' as const,
      domainId: domain.id,
      reason: 'Mend the grants',
      hours: 2,
    };
    const { elevationId } = await requestElevation(ctx, asked);
    await expect(requestElevation(ctx, asked)).rejects.toThrow('already');
    for (const one of [ctx, reader]) {
      await expect(
        decideElevation(one, { elevationId, decision: 'approve' }),
      ).rejects.toMatchObject({ code: 'forbidden' });
    }
    const roleOf = async () => {
      const { actor } = await ctxForUser(person.id);
      return actor.type === 'user' ? actor.memberships[0]?.role : null;
    };
    expect(await roleOf()).toBe('data_producer');
    await decideElevation(admin, { elevationId, decision: 'approve' });
    await expect.poll(roleOf, { timeout: 1000 }).toBe('data_admin');
    const { endsAt } = await db().elevation.findUniqueOrThrow({ where: { id: elevationId } });
    // Nothing has to run for it to end.
    setClock(() => endsAt!.getTime());
    expect(await roleOf()).toBe('data_producer');
    expect(await endElevations()).toBe(1);
    expect(await endElevations()).toBe(0);
    const steps = await db().auditEvent.findMany({
      where: { targetId: elevationId },
      orderBy: { at: 'asc' },
    });
    expect(steps.map((one) => one.action)).toEqual([
      'elevation.request',
      'elevation.approve',
      'elevation.end',
    ]);
  });

  it('is not given back and forth', async () => {
    const [first, second] = [
      await makeMember(domain.id, 'data_producer'),
      await makeMember(domain.id, 'data_producer'),
    ];
    const asked = { role: 'data_admin' as const, domainId: domain.id, reason: 'Mend the grants' };
    const ask = async (who: { id: string }, hours: number) =>
      (await requestElevation(await ctxForUser(who.id), { ...asked, hours })).elevationId;
    const [one, two] = [await ask(first, 2), await ask(second, 2)];
    await decideElevation(admin, { elevationId: one, decision: 'approve' });
    await heard();
    await decideElevation(await ctxForUser(first.id), { elevationId: two, decision: 'approve' });
    // The first one gives it back: whom they gave the role to does not give it to them anew.
    await endElevation(await ctxForUser(first.id), { elevationId: one });
    await heard();
    const again = await ask(first, 12);
    await expect(
      decideElevation(await ctxForUser(second.id), { elevationId: again, decision: 'approve' }),
    ).rejects.toThrow('by their decision');
    await decideElevation(admin, { elevationId: again, decision: 'approve' });
  });

  it('ends with the membership of the domain that it is for', async () => {
    const person = await makeMember(domain.id, 'data_producer');
    const asked = { role: 'data_admin' as const, domainId: domain.id, reason: 'Mend the grants' };
    const { elevationId } = await requestElevation(await ctxOf(person), { ...asked, hours: 2 });
    await decideElevation(admin, { elevationId, decision: 'approve' });
    await removeMember(admin, { domainId: domain.id, userId: person.id });
    const { actor } = await ctxForUser(person.id);
    expect(actor.type === 'user' && actor.memberships).toEqual([]);
  });
});

const actorId = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.id : '');
const emailOf = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.email : '');
