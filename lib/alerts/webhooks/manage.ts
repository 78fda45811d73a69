import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  env,
  invalid,
  newId,
  notFound,
  now,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { ALERT_KINDS, type AlertKind } from '../alert';
import { parseWebhookUrl } from '../delivery/safe-post';
import { eventOf } from '../event';
import { makeSecret } from './secret';

const MAX_ENDPOINTS = 50;
const GROUPS = [...new Set(Object.keys(ALERT_KINDS).map((kind) => `${kind.split('.')[0]}.*`))];
export const WEBHOOK_KINDS: readonly string[] = [...GROUPS, ...Object.keys(ALERT_KINDS)];

const Kinds = z
  .array(
    z.string().refine((kind) => WEBHOOK_KINDS.includes(kind), 'There is no such kind of alert'),
  )
  .max(100)
  .default([]);

export const CreateWebhookInput = z.object({
  url: z.string().trim().min(1, 'Write the address').max(2000),
  description: z.string().trim().max(200).default(''),
  kinds: Kinds,
  /** A domain's name: only its alerts. Empty: all. */
  domain: z.string().max(63).default(''),
});
export type CreateWebhookInput = z.input<typeof CreateWebhookInput>;

/** @returns the signing secret, this once. @throws AppError forbidden | invalid | conflict (too many) */
export async function createWebhook(
  ctx: Ctx,
  raw: CreateWebhookInput,
): Promise<{ webhookId: string; secret: string }> {
  requireCan(ctx, 'alert.manage');
  const { url, description, kinds, domain } = CreateWebhookInput.parse(raw);
  const parsed = parseWebhookUrl(url, env().PORTOLAN_WEBHOOK_ALLOW_PRIVATE);
  const { secret, sealedSecret } = await makeSecret();
  const webhookId = newId();
  await transact(async (tx) => {
    if ((await tx.webhookEndpoint.count()) >= MAX_ENDPOINTS) {
      throw conflict(`There are ${MAX_ENDPOINTS} webhooks already. Delete one first.`);
    }
    const found = domain ? await tx.domain.findUnique({ where: { name: domain } }) : null;
    if (domain && !found) {
      const message = `There is no domain ${domain}.`;
      throw invalid(message, { domain: message });
    }
    await tx.webhookEndpoint.create({
      data: {
        id: webhookId,
        url: parsed.href,
        description,
        kinds,
        domainId: found?.id ?? null,
        sealedSecret,
        createdById: ctx.actor.type === 'user' ? ctx.actor.id : null,
        createdAt: now(),
      },
    });
    write(tx, ctx, 'create', webhookId, {
      name: parsed.host,
      ...changed(null, { address: parsed.origin, description, kinds, domain }),
    });
  });
  return { webhookId, secret };
}

export const WebhookInput = z.object({ webhookId: z.string().min(1).max(100) });
export type WebhookInput = z.input<typeof WebhookInput>;

function write(tx: Tx, ctx: Ctx, what: string, id: string, detail: object = {}): void {
  audit(tx, ctx, {
    action: `webhook.${what}`,
    target: { type: 'webhook', id },
    detail: { ...detail },
  });
}

/** A new secret; the one before is worth nothing from now on. */
export async function rotateWebhookSecret(
  ctx: Ctx,
  raw: WebhookInput,
): Promise<{ secret: string }> {
  requireCan(ctx, 'alert.manage');
  const { webhookId } = WebhookInput.parse(raw);
  const { secret, sealedSecret } = await makeSecret();
  await transact(async (tx) => {
    const { count } = await tx.webhookEndpoint.updateMany({
      where: { id: webhookId },
      data: { sealedSecret },
    });
    if (count === 0) throw notFound('This webhook');
    write(tx, ctx, 'rotate', webhookId);
  });
  return { secret };
}

export const SwitchWebhookInput = WebhookInput.extend({ isOn: z.boolean() });
export type SwitchWebhookInput = z.input<typeof SwitchWebhookInput>;

export async function switchWebhook(ctx: Ctx, raw: SwitchWebhookInput): Promise<void> {
  requireCan(ctx, 'alert.manage');
  const { webhookId, isOn } = SwitchWebhookInput.parse(raw);
  await transact(async (tx) => {
    const before = await tx.webhookEndpoint.findUnique({ where: { id: webhookId } });
    if (!before) throw notFound('This webhook');
    await tx.webhookEndpoint.updateMany({
      where: { id: webhookId },
      data: isOn
        ? { disabledAt: null, disabledFor: null }
        : { disabledAt: now(), disabledFor: 'Switched off by hand.' },
    });
    write(tx, ctx, isOn ? 'enable' : 'disable', webhookId, {
      name: new URL(before.url).host,
      ...changed({ isOn: before.disabledAt === null }, { isOn }),
    });
  });
}

export async function deleteWebhook(ctx: Ctx, raw: WebhookInput): Promise<void> {
  requireCan(ctx, 'alert.manage');
  const { webhookId } = WebhookInput.parse(raw);
  await transact(async (tx) => {
    const before = await tx.webhookEndpoint.findUnique({ where: { id: webhookId } });
    const { count } = await tx.webhookEndpoint.deleteMany({ where: { id: webhookId } });
    if (!before || count === 0) throw notFound('This webhook');
    const { host, origin } = new URL(before.url);
    const { description, kinds } = before;
    write(tx, ctx, 'delete', webhookId, {
      name: host,
      ...changed({ address: origin, description, kinds }, null),
    });
  });
}

/** Sends an event that says it is a test, by the same way as every other. */
export async function testWebhook(ctx: Ctx, raw: WebhookInput): Promise<{ deliveryId: string }> {
  requireCan(ctx, 'alert.manage');
  const { webhookId } = WebhookInput.parse(raw);
  const deliveryId = newId();
  await transact(async (tx) => {
    const endpoint = await tx.webhookEndpoint.findUnique({ where: { id: webhookId } });
    if (!endpoint) throw notFound('This webhook');
    if (endpoint.disabledAt) throw conflict('This webhook is switched off. Switch it on first.');
    const kind = 'webhook.test';
    const event = eventOf(
      { kind: kind as AlertKind, level: 'info', title: 'A test of this webhook', to: {} },
      deliveryId,
      now(),
    );
    await tx.alertDelivery.create({
      data: {
        id: deliveryId,
        channel: 'webhook',
        endpointId: webhookId,
        kind,
        event: event as object,
        nextAttemptAt: now(),
        createdAt: now(),
      },
    });
    write(tx, ctx, 'test', webhookId);
  });
  return { deliveryId };
}

export const ReplayDeliveryInput = z.object({ deliveryId: z.string().min(1).max(100) });
export type ReplayDeliveryInput = z.input<typeof ReplayDeliveryInput>;

/** Sends a dead or delivered alert once more, with the same id: receivers know it again. */
export async function replayDelivery(ctx: Ctx, raw: ReplayDeliveryInput): Promise<void> {
  requireCan(ctx, 'alert.manage');
  const { deliveryId } = ReplayDeliveryInput.parse(raw);
  await transact(async (tx) => {
    const { count } = await tx.alertDelivery.updateMany({
      where: { id: deliveryId, status: { in: ['dead', 'delivered'] } },
      data: { status: 'queued', attempts: 0, nextAttemptAt: now(), deliveredAt: null },
    });
    if (count === 0) {
      const exists = await tx.alertDelivery.count({ where: { id: deliveryId } });
      if (exists === 0) throw notFound('This delivery');
      throw conflict('This alert is still on its way.');
    }
    audit(tx, ctx, {
      action: 'webhook.replay',
      target: { type: 'alert_delivery', id: deliveryId },
    });
  });
}
