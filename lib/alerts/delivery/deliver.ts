import { Webhook } from 'standardwebhooks';
import { audit, changed } from '@/lib/audit';
import { db, env, log, now, pool, systemCtx, transact, unseal } from '@/lib/core';
import type { AlertEvent } from '../event';
import { raiseAlert } from '../raise-alert';
import { WEBHOOK_SEAL } from '../webhooks/secret';
import { safePost } from './safe-post';
import { sendMail } from './send-mail';

/** Tries in about a day: 10 s, 30 s, 90 s, … 6 h at most between two. */
export const MAX_ATTEMPTS = 10;
const FIRST_MS = 10_000;
const LONGEST_MS = 6 * 3_600_000;
/** A worker that dies while it sends is followed by another after this. */
const LEASE_MS = 60_000;
const BATCH = 20;
const KEPT_LOG = 20;
/** So many dead in a row, and nothing delivered since: the endpoint is switched off. */
const DEAD_IN_A_ROW = 5;

interface Claimed {
  id: string;
  channel: string;
  endpointId: string | null;
  userId: string | null;
  event: AlertEvent;
  attempts: number;
}

/** How long to wait after so many attempts; `spread` in 0…1 keeps many from coming back at once. */
export function backoffMs(attempts: number, spread: number): number {
  const full = Math.min(FIRST_MS * 3 ** (attempts - 1), LONGEST_MS);
  return Math.round(full * (0.75 + spread * 0.5));
}

const CLAIM = `update alert_delivery set attempts = attempts + 1, "nextAttemptAt" = $1::timestamptz + $2 * interval '1 ms'
  where id in (select id from alert_delivery where status = 'queued' and "nextAttemptAt" <= $1::timestamptz
    order by "nextAttemptAt" limit $3 for update skip locked)
  returning id, channel, "endpointId", "userId", event, attempts`;

/**
 * Sends what is due. Rows are claimed under a lease that other workers skip: each attempt is made by one of
 * them, and a crash in between is followed by the same message with the same id. @returns how many were tried
 */
export async function deliverDue(): Promise<number> {
  const { rows } = await pool().query<Claimed>(CLAIM, [now(), LEASE_MS, BATCH]);
  await Promise.all(rows.map(attempt));
  return rows.length;
}

async function attempt(row: Claimed): Promise<void> {
  const startedAt = now();
  try {
    const status = row.channel === 'email' ? await mail(row) : await post(row);
    await settle(row, { at: startedAt, ok: true, status });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await settle(row, { at: startedAt, ok: false, status: 0, error: message.slice(0, 300) });
  }
}

async function mail({ userId, event }: Claimed): Promise<number> {
  const user = await db().user.findFirst({
    where: { id: userId ?? '', disabledAt: null },
    select: { id: true, email: true },
  });
  if (user) await sendMail(user, event);
  return 250;
}

async function post({ id, endpointId, event }: Claimed): Promise<number> {
  const endpoint = await db().webhookEndpoint.findUnique({ where: { id: endpointId ?? '' } });
  if (!endpoint) return 0;
  if (endpoint.disabledAt) throw new Error('the webhook is switched off');
  const at = new Date();
  const body = JSON.stringify(event);
  const secret = await unseal(endpoint.sealedSecret, WEBHOOK_SEAL);
  const { status } = await safePost(
    endpoint.url,
    body,
    {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'Portolan',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
    { allowPrivate: env().PORTOLAN_WEBHOOK_ALLOW_PRIVATE },
  );
  return status;
}

interface Outcome {
  at: Date;
  ok: boolean;
  status: number;
  error?: string;
}

async function settle(row: Claimed, outcome: Outcome): Promise<void> {
  const isDead = !outcome.ok && row.attempts >= MAX_ATTEMPTS;
  const before = await db().alertDelivery.findUnique({ where: { id: row.id } });
  if (!before) return;
  const durationMs = now().getTime() - outcome.at.getTime();
  const line = { ...outcome, at: outcome.at.toISOString(), durationMs };
  await db().alertDelivery.updateMany({
    where: { id: row.id, status: 'queued' },
    data: {
      log: [...(before.log as object[]), line].slice(-KEPT_LOG),
      ...(outcome.ok && { status: 'delivered', deliveredAt: now() }),
      ...(isDead && { status: 'dead' }),
      ...(!outcome.ok && {
        nextAttemptAt: new Date(now().getTime() + backoffMs(row.attempts, Math.random())),
      }),
    },
  });
  if (!isDead) return;
  log().warn({ deliveryId: row.id, channel: row.channel }, 'an alert could not be delivered');
  if (row.endpointId) await switchOffIfLost(row.endpointId);
}

/** An endpoint that has taken nothing for so long is switched off, and platform admins are told. */
async function switchOffIfLost(endpointId: string): Promise<void> {
  const last = await db().alertDelivery.findMany({
    where: { endpointId, status: { in: ['delivered', 'dead'] } },
    orderBy: { createdAt: 'desc' },
    take: DEAD_IN_A_ROW,
    select: { status: true },
  });
  if (last.length < DEAD_IN_A_ROW || last.some((one) => one.status !== 'dead')) return;
  await transact(async (tx) => {
    const disabledFor = `${DEAD_IN_A_ROW} alerts in a row could not be delivered.`;
    const { count } = await tx.webhookEndpoint.updateMany({
      where: { id: endpointId, disabledAt: null },
      data: { disabledAt: now(), disabledFor },
    });
    if (count === 0) return;
    const endpoint = await tx.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } });
    audit(tx, systemCtx('alerts'), {
      action: 'webhook.disable',
      target: { type: 'webhook', id: endpointId },
      detail: { reason: disabledFor, ...changed({ isOn: true }, { isOn: false }) },
    });
    await raiseAlert(tx, {
      kind: 'webhook.disabled',
      level: 'error',
      title: `The webhook to ${new URL(endpoint.url).host} was switched off`,
      body: disabledFor,
      href: `/settings/webhooks/${endpointId}`,
      to: { platformAdmins: true },
    });
  });
}

const KEPT_DAYS = 30;

/** Removes deliveries that are long over; dead ones stay for a replay. @returns how many */
export async function removeOldDeliveries(): Promise<number> {
  const { count } = await db().alertDelivery.deleteMany({
    where: {
      status: 'delivered',
      deliveredAt: { lt: new Date(now().getTime() - KEPT_DAYS * 86_400_000) },
    },
  });
  return count;
}
