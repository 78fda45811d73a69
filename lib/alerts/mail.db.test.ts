import type { ParsedMail } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, Prisma, setClock, setEnv, signStatement, transact } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { buildServer } from '@/lib/http/server';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { type MailServer, startMailServer } from '@/lib/runtime/testing/mail-server';
import {
  alertPreferences,
  deliverDue,
  raiseAlert,
  sendDigests,
  setAlertPreference,
  setDigest,
  unreadCount,
  unsubscribe,
  unsubscribeChoices,
} from '.';
import type { Alert } from './alert';

useTestDatabase();

const raise = (alert: Partial<Alert>) =>
  transact((tx) =>
    raiseAlert(tx, {
      kind: 'violation.opened',
      level: 'error',
      title: 'Something is wrong',
      href: '/governance/violations/1',
      to: {},
      ...alert,
    }),
  );

describe('e-mail', () => {
  let server: MailServer;
  let mails: MailServer['mails'];
  beforeAll(async () => {
    server = await startMailServer();
    mails = server.mails;
    setEnv({ PORTOLAN_SMTP_URL: server.url });
  });
  afterAll(async () => {
    setEnv({ PORTOLAN_SMTP_URL: '' });
    await server.stop();
  });
  beforeEach(() => {
    mails.length = 0;
    setClock(undefined);
  });

  it('reaches who wants it, as text and HTML, with a link and no header from a title', async () => {
    const person = await makeUser();
    const quiet = await makeUser();
    await setAlertPreference(await ctxOf(quiet), { kind: '*', email: false });
    await raise({
      to: { userIds: [person.id, quiet.id] },
      title: 'Wrong <b>\r\nBcc: x@evil.example',
      body: 'Rows & more',
    });
    await deliverDue();
    expect(mails.map((mail) => mail.rcpt)).toEqual([[person.email]]);
    const [mail] = mails;
    expect(mail?.subject).toBe('Wrong <b> Bcc: x@evil.example');
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.text).toContain('/governance/violations/1');
    expect(mail?.html).toContain('Wrong &lt;b&gt;');
    expect(await deliverDue()).toBe(0);
  });

  it('is tried again later when the server says so', async () => {
    const person = await makeUser();
    server.refuse(1);
    await raise({ to: { userIds: [person.id] } });
    await deliverDue();
    expect(mails).toEqual([]);
    expect(await deliverDue()).toBe(0);
    setClock(() => Date.now() + 60_000);
    await deliverDue();
    expect(mails).toHaveLength(1);
    const row = await db().alertDelivery.findFirstOrThrow({ where: { userId: person.id } });
    expect(row).toMatchObject({ status: 'delivered', attempts: 2 });
    expect(row.log).toMatchObject([
      { ok: false, error: expect.stringContaining('try later') },
      { ok: true },
    ]);
  });

  it('follows each person’s word, kind by kind', async () => {
    const ctx = await ctxOf(await makeUser());
    const before = await alertPreferences(ctx);
    expect(before.hasMailServer).toBe(true);
    await setAlertPreference(ctx, { kind: 'violation.resolved', email: true });
    await setAlertPreference(ctx, { kind: 'violation.opened', email: false });
    const after = await alertPreferences(ctx);
    const of = (kind: string) => after.kinds.find((one) => one.kind === kind)?.email;
    expect([of('violation.resolved'), of('violation.opened'), of('privacy.due')]).toEqual([
      true,
      false,
      null,
    ]);
    const bad = setAlertPreference(ctx, { kind: 'nothing', email: true });
    await expect(bad).rejects.toThrow(/No such kind/);
  });

  describe('as a digest', () => {
    const AT = Date.parse('2026-03-15T12:00:00Z');
    const HOUR = 3_600_000;

    it('is held until the hour, and is one message of all, whatever number of workers look', async () => {
      setClock(() => AT);
      const person = await makeUser();
      const ctx = await ctxOf(person);
      const to = { userIds: [person.id] };
      await setDigest(ctx, { every: 'daily' });
      await raise({ to, title: 'First <i>' });
      await raise({ to, title: 'Second', body: 'Line one\nline two' });
      await deliverDue();
      expect([await sendDigests(discoverable), mails.length]).toEqual([0, 0]);
      setClock(() => AT + 20 * HOUR);
      await Promise.all([
        sendDigests(discoverable),
        sendDigests(discoverable),
        sendDigests(discoverable),
      ]);
      await deliverDue();
      expect(mails.map(({ subject }) => subject)).toEqual(['2 alerts from Portolan, 2 urgent']);
      const [mail] = mails;
      expect(mail?.html).toContain('First &lt;i&gt;');
      expect(mail?.text).toMatch(/First <i>[\s\S]*Second[\s\S]*line two/);
      expect([await sendDigests(discoverable), await deliverDue()]).toEqual([0, 0]);
    });

    it('holds nothing of a product that the person may not find any more', async () => {
      setClock(() => AT);
      const person = await makeUser();
      await setDigest(await ctxOf(person), { every: 'daily' });
      const { id: domainId } = await makeDomain();
      const [open, hidden] = [
        await makeProduct({ domainId, ownerId: person.id }),
        await makeProduct({ domainId, ownerId: person.id }),
      ];
      const to = { userIds: [person.id] };
      await raise({ to, title: 'Of the hidden one', productId: hidden.id });
      setClock(() => AT + 20 * HOUR);
      const others = async () => Prisma.sql`p.id <> ${hidden.id}`;
      await sendDigests(others);
      await deliverDue();
      expect(mails).toEqual([]);
      setClock(() => AT);
      await raise({ to, title: 'Of the hidden one', productId: hidden.id });
      await raise({ to, title: 'Of the open one', productId: open.id });
      await raise({ to, title: 'Of none' });
      setClock(() => AT + 20 * HOUR);
      await sendDigests(others);
      await deliverDue();
      expect(mails[0]?.text).toMatch(/Of the open one[\s\S]*Of none/);
      expect(mails[0]?.text).not.toContain('hidden');
    });

    it('leaves at the next hour of what is chosen instead', async () => {
      setClock(() => AT);
      const person = await makeUser();
      const ctx = await ctxOf(person);
      await setDigest(ctx, { every: 'weekly' });
      expect((await alertPreferences(ctx)).digest).toBe('weekly');
      await raise({ to: { userIds: [person.id] } });
      await setDigest(ctx, { every: 'immediate' });
      await sendDigests(discoverable);
      await deliverDue();
      expect(mails).toHaveLength(1);
      await raise({ to: { userIds: [person.id] }, title: 'At once' });
      await deliverDue();
      expect(mails[1]?.subject).toBe('At once');
    });
  });

  describe('is stopped by the link in it, signed out', () => {
    const nobody: Ctx = { actor: { type: 'anonymous' }, requestId: 'r', via: 'none' };
    const tokenIn = ({ text }: ParsedMail) => /unsubscribe\?token=(\S+)/.exec(text ?? '')![1]!;
    const mailTo = async (userId: string, alert: Partial<Alert> = {}) => {
      await raise({ to: { userIds: [userId] }, ...alert });
      await deliverDue();
      return mails.at(-1)!;
    };

    it('of one kind, of all, or about the product', async () => {
      const person = await makeUser();
      const domain = await makeDomain();
      const owner = await makeUser();
      const product = await makeProduct({ domainId: domain.id, ownerId: owner.id, title: 'Sales' });
      const mail = await mailTo(person.id, { productId: product.id, kind: 'quality.notice' });
      const token = tokenIn(mail);
      expect(mail.headers.get('list')).toMatchObject({
        unsubscribe: { url: expect.stringContaining(`/api/v1/unsubscribe?token=${token}`) },
        'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
      });
      expect(await unsubscribeChoices(nobody, token)).toEqual({
        kind: 'Quality rules of a product that you use or follow failed',
        product: 'Sales',
        isFigures: false,
      });
      await unsubscribe(nobody, { token });
      mails.length = 0;
      await raise({ to: { userIds: [person.id] }, kind: 'quality.notice' });
      await raise({ to: { userIds: [person.id] }, kind: 'slo.burning' });
      await deliverDue();
      expect(mails).toHaveLength(1);
      await unsubscribe(nobody, { token, what: 'product' });
      expect(await db().productFollow.findMany({ where: { userId: person.id } })).toMatchObject([
        { productId: product.id, isFollowing: false },
      ]);
      await unsubscribe(nobody, { token, what: 'all' });
      await raise({ to: { userIds: [person.id] }, kind: 'slo.burning' });
      await deliverDue();
      expect(mails).toHaveLength(1);
      expect(await unreadCount(await ctxOf(person), discoverable)).toBe(4);
      const rows = await db().auditEvent.findMany({ where: { targetId: person.id } });
      expect(rows.map(({ action, actorLabel }) => [action, actorLabel])).toEqual(
        Array.from({ length: 3 }, () => ['alert.unsubscribe', 'anonymous']),
      );
    });

    it('takes what waits for a digest along', async () => {
      const person = await makeUser();
      const token = tokenIn(await mailTo(person.id));
      await setDigest(await ctxOf(person), { every: 'daily' });
      await raise({ to: { userIds: [person.id] } });
      await unsubscribe(nobody, { token, what: 'all' });
      expect(await db().alertDelivery.count({ where: { userId: person.id, status: 'held' } })).toBe(
        0,
      );
    });

    it('and by no other link', async () => {
      const token = tokenIn(await mailTo((await makeUser()).id));
      const other = tokenIn(await mailTo((await makeUser()).id));
      const [head, , mark] = token.split('.');
      const mixed = [head, other.split('.')[1], mark].join('.');
      for (const bad of [
        mixed,
        token.slice(0, -2),
        'x',
        await signStatement('another', { u: 'x' }),
      ]) {
        await expect(unsubscribe(nobody, { token: bad })).rejects.toMatchObject({
          code: 'invalid',
        });
        await expect(unsubscribeChoices(nobody, bad)).rejects.toMatchObject({ code: 'invalid' });
      }
    });

    it('by the button of mail programs, which post a form', async () => {
      const person = await makeUser();
      const token = tokenIn(await mailTo(person.id));
      const app = await buildServer();
      const press = (url: string) =>
        app.inject({
          ...{ method: 'POST', url, payload: 'List-Unsubscribe=One-Click' },
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
      expect((await press(`/api/v1/unsubscribe?token=${token}x`)).statusCode).toBe(400);
      expect((await press(`/api/v1/unsubscribe?token=${token}`)).statusCode).toBe(204);
      await app.close();
      expect(await db().alertPreference.findMany({ where: { userId: person.id } })).toMatchObject([
        { kind: 'violation.opened', email: false },
      ]);
    });
  });
});
