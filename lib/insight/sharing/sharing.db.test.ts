import { beforeAll, beforeEach, expect, it } from 'vitest';
import { setDisabled } from '@/lib/auth';
import { type Ctx, db, newId, notify, pool, setClock, transact } from '@/lib/core';
import { removeMember } from '@/lib/domains';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  createShare,
  getDashboard,
  getMetric,
  listShares,
  openShare,
  revokeShare,
  setSharing,
} from '..';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY = 86_400_000;
let clock = NOW;
let ip = 0;
/** Somebody at an address of their own, without an account. */
const nobody = (): Ctx => {
  ip += 1;
  return { actor: { type: 'anonymous' }, requestId: newId(), via: 'none', ip: `10.0.0.${ip}` };
};
let steward: Ctx;
let admin: Ctx;
let domain: { id: string };
let producer: { id: string };
let sharer: Ctx;
beforeAll(async () => {
  setClock(() => clock);
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
  domain = await makeDomain({ name: 'sales', title: 'Sales' });
  producer = await makeMember(domain.id, 'data_producer');
  const common = { domainId: domain.id, ownerId: producer.id };
  const orders = await makeProduct({ ...common, name: 'orders' });
  const pay = await makeProduct({ ...common, name: 'pay', classification: 'restricted' });
  for (const [productId, reads] of [
    [orders.id, 3],
    [pay.id, 4],
  ] as const) {
    await pool().query(
      `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
       select gen_random_uuid()::text, $1, $2, 'x', 'rows', 'json', 200, 1, 1, 1 from generate_series(1, $3)`,
      [new Date(NOW), productId, reads],
    );
  }
});
beforeEach(async () => {
  clock = NOW;
  sharer = await ctxOf(await makeMember(domain.id, 'data_consumer'));
});
const secretOf = ({ url }: { url: string }) => url.split('/').at(-1)!;
const share = async (input: Partial<Parameters<typeof createShare>[1]> = {}, ctx = sharer) => {
  const made = await createShare(ctx, { title: 'For the board', days: 30, ...input });
  return { ...made, secret: secretOf(made) };
};
const idOf = ({ actor }: Ctx) => (actor.type === 'user' ? actor.id : '');
const state = async (secret: string) => (await openShare(nobody(), secret))?.state;

it('shows the figures of its scope to whoever has it, and counts', async () => {
  const { id, secret, url } = await share({ metric: 'data_reads', domain: 'sales', range: '7d' });
  expect(url).toMatch(/^http:\/\/localhost:\d+\/shared\/insight\/[\w-]{43}$/);
  const shown = await openShare(nobody(), secret);
  expect(shown).toMatchObject({ state: 'open', title: 'For the board', place: 'the domain sales' });
  if (!shown || !('detail' in shown)) throw new Error('not open');
  const own = await getMetric(sharer, 'data_reads', { domain: 'sales', range: '7d' });
  expect([shown.detail.value, shown.detail.points]).toEqual([7, own.points]);
  expect(Object.keys(shown.detail)).not.toEqual(expect.arrayContaining(['query', 'targets']));
  const whole = await openShare(nobody(), (await share()).secret);
  const overview = await getDashboard(sharer, 'overview');
  const idsOf = ({ metrics }: Pick<typeof overview, 'metrics'>) =>
    metrics.map((one) => one.metric.id);
  expect(whole && 'metrics' in whole && idsOf(whole)).toEqual(idsOf(overview));
  await openShare(nobody(), secret);
  const { shares } = await listShares(sharer);
  expect(shares.find((one) => one.id === id)).toMatchObject({
    ...{ metric: 'Reads', place: 'the domain sales', openings: 2, state: 'active' },
    lastOpenedAt: new Date(NOW).toISOString(),
  });
});

it('shows the days and the comparison that its maker looked at, whenever it is opened', async () => {
  const leader = await ctxOf(await makeMember(domain.id, 'data_admin'));
  const seen = { from: '2026-03-14', to: '2026-03-15', compare: 'none' } as const;
  const { id, secret } = await share({ ...seen, metric: 'data_reads', domain: 'sales' }, leader);
  clock = NOW + 20 * DAY;
  const shown = await openShare(nobody(), secret);
  if (!shown || !('detail' in shown)) throw new Error('not open');
  expect(shown.detail).toMatchObject({ value: 7, previous: null });
  expect(shown.period).toMatchObject({ from: '2026-03-14T00:00:00.000Z', compare: 'none' });
  const { shares } = await listShares(leader);
  expect(shares).toMatchObject([{ id, ...seen }]);
  await expect(share({ from: '2026-03-14' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(share({ ...seen, to: '2026-03-13' })).rejects.toMatchObject({ code: 'invalid' });
});

it('keeps no secret, and says the same of every link that was never given', async () => {
  const { id, secret } = await share();
  const row = await db().insightShare.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify(row)).not.toContain(secret);
  const { detail } = await db().auditEvent.findFirstOrThrow({ where: { targetId: id } });
  expect(detail).toMatchObject({ after: { title: 'For the board', range: '30d' } });
  expect(JSON.stringify(detail)).not.toContain(row.tokenHash);
  for (const wrong of ['', 'x', id, row.tokenHash, secret.slice(1), `${secret} `]) {
    expect(await openShare(nobody(), wrong)).toBeNull();
  }
});

it('ends: by its day, by its maker, by who looks after insight, by nobody else', async () => {
  const one = await share({ days: 90 });
  await expect(share({ days: 91 })).rejects.toThrow(/at most 90/);
  clock = NOW + 90 * DAY - 1;
  expect(await state(one.secret)).toBe('open');
  clock = NOW + 90 * DAY;
  expect(await state(one.secret)).toBe('expired');
  await expect(revokeShare(sharer, { shareId: one.id })).rejects.toMatchObject({
    code: 'conflict',
  });
  clock = NOW;
  const other = await ctxOf(await makeMember(domain.id, 'data_admin'));
  await expect(revokeShare(other, { shareId: one.id })).rejects.toMatchObject({
    code: 'not_found',
  });
  await revokeShare(sharer, { shareId: one.id });
  expect(await state(one.secret)).toBe('revoked');
  const two = await share();
  await revokeShare(steward, { shareId: two.id });
  await expect(revokeShare(steward, { shareId: two.id })).rejects.toMatchObject({
    code: 'conflict',
  });
  const rows = await db().auditEvent.findMany({ where: { action: 'insight.unshare' } });
  expect(rows.map(({ targetId }) => targetId).sort()).toEqual([one.id, two.id].sort());
});

it('lists one’s own, and everybody’s to who looks after insight', async () => {
  const { id } = await share();
  expect((await listShares(sharer)).shares.map((one) => one.id)).toEqual([id]);
  await expect(listShares(sharer, { of: 'all' })).rejects.toMatchObject({ code: 'forbidden' });
  const all = await listShares(steward, { of: 'all' });
  expect(all.shares.map((one) => one.id)).toContain(id);
  expect((await listShares(steward)).shares).toEqual([]);
});

it('shows nothing once its maker has left, lost their role, or the organisation forbids it', async () => {
  const [left, lost, forbidden] = [await share(), sharer, await share()];
  const member = await ctxOf(await makeMember(domain.id, 'data_consumer'));
  const theirs = await share({}, member);
  await setDisabled(admin, { userId: idOf(lost), isDisabled: true });
  expect(await state(left.secret)).toBe('withdrawn');
  await removeMember(admin, { domainId: domain.id, userId: idOf(member) });
  expect(await state(theirs.secret)).toBe('withdrawn');
  await setDisabled(admin, { userId: idOf(lost), isDisabled: false });
  expect(await state(forbidden.secret)).toBe('open');
  await setSharing(steward, { isAllowed: false });
  expect(await state(forbidden.secret)).toBe('withdrawn');
  await expect(share()).rejects.toMatchObject({ code: 'precondition' });
  await expect(setSharing(sharer, { isAllowed: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await setSharing(steward, { isAllowed: true });
  expect(await state(forbidden.secret)).toBe('open');
  const { openings } = await db().insightShare.findUniqueOrThrow({ where: { id: forbidden.id } });
  expect(openings).toBe(2);
});

it('shows what its maker may find at the moment, and of a product only while they find it', async () => {
  const ofMesh = await share({ metric: 'data_reads' });
  const ofPay = await share({ domain: 'sales', product: 'pay' });
  const value = async () => {
    const shown = await openShare(nobody(), ofMesh.secret);
    return shown && 'detail' in shown ? shown.detail.value : null;
  };
  expect([await value(), await state(ofPay.secret)]).toEqual([7, 'open']);
  const policy = `forbid (principal is User, action == Action::"discover", resource)
    when { resource.classification == "restricted" } unless { principal.isSteward };`;
  await transact(async (tx) => {
    await tx.policyDocument.create({
      data: {
        ...{ id: newId(), name: 'hide', version: 1, stage: 'enforced', yaml: '', reason: 'test' },
        document: {
          ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
          spec: { cedar_policies: [{ id: 'hide', policy }] },
        },
      },
    });
    await notify(tx, 'portolan_policy', 'hide');
  });
  await expect.poll(value).toBe(3);
  expect(await state(ofPay.secret)).toBe('withdrawn');
  const { shares } = await listShares(sharer);
  expect(shares.map(({ place }) => place)).toEqual(['a product that you may not find', 'the mesh']);
  await expect(share({ domain: 'sales', product: 'pay' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('is for people with a role, by a token only with the scope, a hundred each, and slow to try', async () => {
  await expect(share({}, await ctxOf(await makeUser()))).rejects.toMatchObject({
    code: 'forbidden',
  });
  const weak = await ctxOf({ id: idOf(sharer) }, { id: newId(), scopes: ['catalog:read'] });
  await expect(share({}, weak)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(share({ metric: 'survey_satisfaction', domain: 'sales' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await db().insightShare.createMany({
    data: Array.from({ length: 99 }, () => ({
      ...{ id: newId(), userId: idOf(sharer), title: 'x', tokenHash: newId(), range: '30d' },
      ...{ createdAt: new Date(NOW), expiresAt: new Date(NOW + DAY) },
    })),
  });
  const both = await Promise.allSettled([share(), share()]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  const curious = nobody();
  for (let n = 0; n < 120; n += 1) expect(await openShare(curious, `guess-${n}`)).toBeNull();
  await expect(openShare(curious, 'guess')).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await openShare(nobody(), 'guess')).toBeNull();
});
