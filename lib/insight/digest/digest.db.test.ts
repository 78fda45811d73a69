import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue, setAlertPreference, unsubscribe, unsubscribeChoices } from '@/lib/alerts';
import { setDisabled } from '@/lib/auth';
import { type Ctx, db, pool, setClock, setEnv } from '@/lib/core';
import { buildServer } from '@/lib/http/server';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { type MailServer, startMailServer } from '@/lib/runtime/testing/mail-server';
import {
  listDigests,
  previewDigest,
  sendFigures,
  setMetricTarget,
  stopDigest,
  subscribe,
} from '..';

useTestDatabase();
const DAY = 86_400_000;
/** A Sunday; the digest of Mondays at eight in Berlin leaves at seven UTC. */
const NOW = Date.parse('2026-03-15T12:00:00Z');
const MONDAY = Date.parse('2026-03-16T07:00:00Z');
const WEEKLY = { every: 'week', day: 1, hour: 8, timeZone: 'Europe/Berlin' } as const;
const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
let clock = NOW;
let server: MailServer;
let mails: MailServer['mails'];
let domain: { id: string };
let admin: Ctx;
let ownerId: string;
let user: { id: string; email: string };
let ctx: Ctx;
beforeAll(async () => {
  setClock(() => clock);
  server = await startMailServer();
  mails = server.mails;
  setEnv({ PORTOLAN_SMTP_URL: server.url });
  admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin', 'steward'] }));
  domain = await makeDomain({ name: 'sales', title: 'Sales' });
  ownerId = (await makeMember(domain.id, 'data_producer')).id;
  const orders = await makeProduct({ domainId: domain.id, ownerId, name: 'orders' });
  // Three reads in the week, two in the one before.
  await pool().query(
    `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
     select gen_random_uuid()::text, $1::timestamptz - n * interval '2 days', $2, 'x', 'rows', 'json', 200, 1, 1, 1
     from generate_series(0, 4) n`,
    [new Date(NOW), orders.id],
  );
  await setMetricTarget(admin, { metric: 'data_reads', domain: 'sales', value: 100 });
});
afterAll(async () => {
  setEnv({ PORTOLAN_SMTP_URL: '' });
  await server.stop();
});
beforeEach(async () => {
  clock = NOW;
  mails.length = 0;
  server.refuse(0);
  await db().insightDigest.deleteMany();
  await db().alertDelivery.deleteMany();
  user = await makeUser();
  ctx = await ctxOf(user);
});
const round = async () => {
  const counts = await Promise.all([sendFigures(), sendFigures(), sendFigures()]);
  await deliverDue();
  return counts.reduce((sum, one) => sum + one, 0);
};

it('brings the figures with change, missed targets and a link, as the preview said', async () => {
  await subscribe(ctx, { ...WEEKLY, domain: 'sales' });
  expect(await round()).toBe(0);
  clock = MONDAY - 1;
  expect(await round()).toBe(0);
  clock = NOW;
  const preview = await previewDigest(ctx, { ...WEEKLY, domain: 'sales' });
  expect(preview).toMatchObject({ nextAt: '2026-03-16T07:00:00.000Z', hasMailServer: true });
  // The figures of the same UTC day.
  await db().insightDigest.updateMany({ data: { nextAt: new Date(NOW) } });
  expect(await round()).toBe(1);
  expect(mails.map(({ rcpt }) => rcpt)).toEqual([[user.email]]);
  const [mail] = mails;
  expect(mail?.subject).toBe('Insight of the domain sales: 1 target missed');
  expect(mail?.subject).toBe(preview.subject);
  const told = 'Reads: 4; up 300% from 1, better; Target 100, missed';
  expect(mail?.text).toContain(told);
  expect(mail?.text?.replaceAll('\r', '')).toContain(preview.text.trim());
  expect(mail?.text).toContain('/insight?range=7d&domain=sales');
  expect(mail?.html).toContain('<td');
  expect(mail?.html).toContain('Target 100, missed');
  expect(mail?.text).toContain('/insight/digests');
});

it('comes once a period, however many workers look, and leaves out periods without one', async () => {
  await subscribe(ctx, WEEKLY);
  clock = MONDAY;
  expect([await round(), mails.length]).toEqual([1, 1]);
  expect([await round(), mails.length]).toEqual([0, 1]);
  const next = async () => (await listDigests(ctx)).digests[0]?.nextAt;
  expect(await next()).toBe('2026-03-23T07:00:00.000Z');
  clock = MONDAY + 20 * DAY;
  expect([await round(), mails.length]).toEqual([1, 2]);
  // Summer time: eight in Berlin is six UTC.
  expect(await next()).toBe('2026-04-06T06:00:00.000Z');
});

it('says how the last one went', async () => {
  await subscribe(ctx, { ...WEEKLY, every: 'month', day: 28, hour: 0, timeZone: 'UTC' });
  clock = Date.parse('2026-03-28T00:00:00Z');
  server.refuse(1);
  await round();
  const last = async () => (await listDigests(ctx)).digests[0]?.last;
  expect(await last()).toEqual({
    at: '2026-03-28T00:00:00.000Z',
    state: 'on its way',
    error: expect.stringContaining('try later'),
  });
  clock += 60_000;
  await deliverDue();
  expect(await last()).toMatchObject({ state: 'sent', error: null });
  await db().alertDelivery.updateMany({ data: { status: 'dead' } });
  expect(await last()).toMatchObject({ state: 'failed' });
});

it('one that cannot be told does not keep the others', async () => {
  await subscribe(ctx, WEEKLY);
  const other = await makeUser();
  await subscribe(await ctxOf(other), WEEKLY);
  clock = MONDAY;
  await db().insightDigest.updateMany({
    where: { userId: user.id },
    data: { timeZone: 'Mars/Olympus' },
  });
  await round();
  expect(mails.map(({ rcpt }) => rcpt)).toEqual([[other.email]]);
});

describe('stops', () => {
  it('by one click, signed out, and by the button of mail programs', async () => {
    await subscribe(ctx, WEEKLY);
    await subscribe(ctx, { ...WEEKLY, domain: 'sales' });
    clock = MONDAY;
    await round();
    const mail = mails.find(({ subject }) => subject?.includes('sales'))!;
    const token = /unsubscribe\?token=(\S+)/.exec(mail.text ?? '')![1]!;
    expect(mail.headers.get('list')).toMatchObject({
      unsubscribe: { url: expect.stringContaining(`/api/v1/unsubscribe?token=${token}`) },
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    });
    expect(await unsubscribeChoices(nobody, token)).toMatchObject({ isFigures: true });
    const app = await buildServer();
    const { statusCode } = await app.inject({
      ...{ method: 'POST', url: `/api/v1/unsubscribe?token=${token}` },
      payload: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    await app.close();
    expect(statusCode).toBe(204);
    expect((await listDigests(ctx)).digests.map(({ place }) => place)).toEqual(['the mesh']);
    // Twice is as good as once, and the person's other mail is not touched.
    await unsubscribe(nobody, { token });
    expect(await db().alertPreference.count({ where: { userId: user.id } })).toBe(0);
    await unsubscribe(nobody, { token, what: 'all' });
    expect((await listDigests(ctx)).digests).toEqual([]);
  });

  it('with the account, and with what it is of', async () => {
    const gone = await makeProduct({ domainId: domain.id, ownerId, status: 'draft', name: 'gone' });
    const owner = await ctxOf({ id: ownerId });
    await subscribe(owner, { ...WEEKLY, domain: 'sales', product: 'gone' });
    await subscribe(ctx, WEEKLY);
    await expect(
      subscribe(ctx, { ...WEEKLY, domain: 'sales', product: 'gone' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await setDisabled(admin, { userId: user.id, isDisabled: true });
    const other = await makeUser();
    await db().product.update({ where: { id: gone.id }, data: { ownerId: other.id } });
    await db().membership.deleteMany({ where: { userId: ownerId } });
    clock = MONDAY;
    expect([await round(), mails]).toEqual([0, []]);
    const rows = await db().insightDigest.findMany();
    expect(rows.map(({ stoppedFor }) => stoppedFor)).toEqual(
      Array(2).fill('You may not find it any more.'),
    );
    const { digests } = await listDigests(await ctxOf({ id: ownerId }));
    expect(digests).toMatchObject([
      { place: 'a product that you may not find', nextAt: null, last: null },
    ]);
    const audits = await db().auditEvent.findMany({ where: { action: 'insight.unsubscribe' } });
    expect(audits).toHaveLength(2);
    clock += 7 * DAY;
    expect(await round()).toBe(0);
  });

  it('for its person alone', async () => {
    const { digestId } = await subscribe(ctx, WEEKLY);
    const other = await ctxOf(await makeUser());
    await expect(stopDigest(other, { digestId })).rejects.toMatchObject({ code: 'not_found' });
    await stopDigest(ctx, { digestId });
    await expect(stopDigest(ctx, { digestId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('is refused where it could not come, and twenty are the most', async () => {
  for (const wrong of [
    { ...WEEKLY, day: 8 },
    { ...WEEKLY, every: 'month' as const, day: 29 },
    { ...WEEKLY, hour: 24 },
    { ...WEEKLY, timeZone: 'Mars/Olympus' },
  ]) {
    await expect(subscribe(ctx, wrong)).rejects.toThrow();
  }
  await setAlertPreference(ctx, { kind: '*', email: false });
  setEnv({ PORTOLAN_SMTP_URL: '' });
  await expect(subscribe(ctx, WEEKLY)).rejects.toMatchObject({ code: 'precondition' });
  expect((await previewDigest(ctx, WEEKLY)).hasMailServer).toBe(false);
  setEnv({ PORTOLAN_SMTP_URL: server.url });
  const all = await Promise.allSettled(Array.from({ length: 24 }, () => subscribe(ctx, WEEKLY)));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  expect(await db().auditEvent.count({ where: { action: 'insight.subscribe' } })).toBeGreaterThan(
    19,
  );
});
