import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, setClock, setEnv, transact } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import {
  createWebhook,
  deleteWebhook,
  deliverDue,
  getWebhook,
  listInbox,
  listWebhooks,
  raiseAlert,
  replayDelivery,
  rotateWebhookSecret,
  switchWebhook,
  testWebhook,
} from '.';
import type { Alert } from './alert';
import { MAX_ATTEMPTS } from './delivery/deliver';

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
const admin = async () => ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));

describe('webhooks', () => {
  interface Hit {
    headers: http.IncomingHttpHeaders;
    body: string;
  }
  const hits: Hit[] = [];
  let failures = 0;
  let url = '';
  const server = http.createServer((request, answer) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      hits.push({ headers: request.headers, body });
      answer.writeHead(failures-- > 0 ? 503 : 204).end();
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    setEnv({ PORTOLAN_WEBHOOK_ALLOW_PRIVATE: 'true' });
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    hits.length = 0;
    failures = 0;
    setClock(undefined);
  });
  afterEach(() => db().webhookEndpoint.deleteMany());

  it('get signed CloudEvents of the kinds and the domain they ask for', async () => {
    const ctx = await admin();
    const domain = await makeDomain();
    const { secret } = await createWebhook(ctx, { url, kinds: ['violation.*'] });
    await createWebhook(ctx, { url, kinds: ['violation.*'], domain: domain.name });
    await raise({ kind: 'privacy.due' });
    await raise({ title: 'Elsewhere', dedupeKey: 'k', data: { rule: 'encryption' } });
    await raise({ title: 'Elsewhere', dedupeKey: 'k' });
    await deliverDue();
    expect(hits).toHaveLength(1);
    const [hit] = hits;
    const event = new Webhook(secret).verify(hit!.body, hit!.headers as Record<string, string>);
    expect(event).toMatchObject({
      specversion: '1.0',
      type: 'portolan.violation.opened',
      data: { title: 'Elsewhere', level: 'error', rule: 'encryption' },
    });
    expect(hit?.headers['content-type']).toContain('application/cloudevents+json');
    expect(() =>
      new Webhook(secret).verify(`${hit!.body} `, hit!.headers as Record<string, string>),
    ).toThrow();
    hits.length = 0;
    await raise({ domainId: domain.id });
    await deliverDue();
    expect(hits).toHaveLength(2);
  });

  it('are tried again with the same id, die, are replayed', async () => {
    const ctx = await admin();
    const { webhookId } = await createWebhook(ctx, { url });
    failures = MAX_ATTEMPTS;
    const { deliveryId } = await testWebhook(ctx, { webhookId });
    let at = Date.now();
    for (let n = 0; n < MAX_ATTEMPTS; n += 1) {
      setClock(() => at);
      expect(await deliverDue()).toBe(1);
      expect(await deliverDue()).toBe(0);
      at += 8 * 3_600_000;
    }
    expect(new Set(hits.map((hit) => hit.headers['webhook-id']))).toEqual(new Set([deliveryId]));
    setClock(() => at);
    expect(await deliverDue()).toBe(0);
    const dead = await getWebhook(ctx, webhookId, { status: 'dead' });
    expect(dead.deliveries).toMatchObject([{ id: deliveryId, attempts: MAX_ATTEMPTS }]);
    expect(dead.deliveries[0]?.log.at(-1)?.error).toBe('it answered 503');
    await replayDelivery(ctx, { deliveryId });
    await expect(replayDelivery(ctx, { deliveryId })).rejects.toMatchObject({ code: 'conflict' });
    await deliverDue();
    expect(hits.at(-1)?.headers['webhook-id']).toBe(deliveryId);
    expect((await listWebhooks(ctx))[0]).toMatchObject({ waiting: 0, dead: 0 });
  });

  it('that take nothing for long are switched off, and platform admins are told', async () => {
    const ctx = await admin();
    const { webhookId } = await createWebhook(ctx, { url });
    failures = 5;
    for (let n = 0; n < 5; n += 1) await testWebhook(ctx, { webhookId });
    await db().alertDelivery.updateMany({ data: { attempts: MAX_ATTEMPTS - 1 } });
    await deliverDue();
    const [row] = await listWebhooks(ctx);
    expect(row).toMatchObject({ dead: 5, disabledFor: expect.stringContaining('5 alerts') });
    const { items } = await listInbox(ctx, discoverable);
    expect(items[0]).toMatchObject({ kind: 'webhook.disabled', level: 'error' });
    await expect(testWebhook(ctx, { webhookId })).rejects.toMatchObject({ code: 'conflict' });
    await switchWebhook(ctx, { webhookId, isOn: true });
    await testWebhook(ctx, { webhookId });
    await deliverDue();
    expect(hits).toHaveLength(6);
  });

  it('are sent to once, however many workers look', async () => {
    const ctx = await admin();
    const { webhookId } = await createWebhook(ctx, { url });
    for (let n = 0; n < 30; n += 1) await testWebhook(ctx, { webhookId });
    await Promise.all([deliverDue(), deliverDue(), deliverDue()]);
    const ids = hits.map((hit) => hit.headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
  });

  it('keep their secret sealed, give it once, and forget the one before', async () => {
    const ctx = await admin();
    const { webhookId, secret } = await createWebhook(ctx, { url });
    const row = await db().webhookEndpoint.findUniqueOrThrow({ where: { id: webhookId } });
    expect(Buffer.from(row.sealedSecret).toString('latin1')).not.toContain(secret);
    expect(JSON.stringify(await getWebhook(ctx, webhookId))).not.toContain(secret);
    const rotated = await rotateWebhookSecret(ctx, { webhookId });
    await testWebhook(ctx, { webhookId });
    await deliverDue();
    const headers = hits[0]!.headers as Record<string, string>;
    expect(() => new Webhook(secret).verify(hits[0]!.body, headers)).toThrow();
    expect(new Webhook(rotated.secret).verify(hits[0]!.body, headers)).toBeTruthy();
    await deleteWebhook(ctx, { webhookId });
    expect(await listWebhooks(ctx)).toEqual([]);
  });

  it('are for stewards and platform admins, and never reach inside', async () => {
    const domain = await makeDomain();
    const member = await ctxOf(await makeMember(domain.id, 'data_admin'));
    await expect(createWebhook(member, { url })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listWebhooks(member)).rejects.toMatchObject({ code: 'forbidden' });
    setEnv({ PORTOLAN_WEBHOOK_ALLOW_PRIVATE: 'false' });
    for (const bad of [url, 'https://169.254.169.254/latest', 'https://[::1]/', 'nothing']) {
      await expect(createWebhook(await admin(), { url: bad })).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    const wrong = createWebhook(await admin(), { url: 'https://example.com', kinds: ['none'] });
    await expect(wrong).rejects.toThrow(/no such kind/);
    setEnv({ PORTOLAN_WEBHOOK_ALLOW_PRIVATE: 'true' });
  });
});
