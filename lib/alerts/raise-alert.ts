import { createHash } from 'node:crypto';
import { env, newId, notify, now, type Tx } from '@/lib/core';
import type { Alert, Recipients } from './alert';
import { type Digest, leavesAt } from './digest/when';
import { type AlertEvent, eventOf } from './event';
import { takes, wantsEmail } from './wants';

/**
 * Tells people and webhooks, in the caller's transaction: the alert exists when the change does. Disabled
 * accounts are left out; whoever is named twice is told once, and so is each webhook under one `dedupeKey`.
 */
export async function raiseAlert(tx: Tx, alert: Alert): Promise<void> {
  const event = eventOf(alert, newId(), now());
  const told = await tellPeople(tx, alert);
  const deliveries = [
    ...(env().PORTOLAN_SMTP_URL ? await emails(tx, alert, told) : []),
    ...(await webhooks(tx, alert)),
  ];
  if (deliveries.length > 0) {
    await tx.alertDelivery.createMany({
      data: deliveries.map((one) => ({ ...queued(alert, event), ...one })),
      skipDuplicates: true,
    });
  }
  await notify(tx, 'portolan_alert', alert.kind);
}

/** @returns who had not been told of it before */
async function tellPeople(tx: Tx, alert: Alert): Promise<string[]> {
  const userIds = await recipientsOf(tx, alert.to);
  if (userIds.length === 0) return [];
  const { kind, level, title, body = '', href, dedupeKey, productId } = alert;
  const rows = await tx.notification.createManyAndReturn({
    data: userIds.map((userId) => ({
      id: newId(),
      userId,
      kind,
      level,
      title,
      body,
      href: href ?? null,
      dedupeKey: dedupeKey ?? null,
      productId: productId ?? null,
      createdAt: now(),
    })),
    skipDuplicates: true,
    select: { userId: true },
  });
  return rows.map((row) => row.userId);
}

async function emails(tx: Tx, alert: Alert, userIds: readonly string[]) {
  if (userIds.length === 0) return [];
  const of = { userId: { in: [...userIds] } };
  const said = await tx.alertPreference.findMany({
    where: { ...of, kind: { in: [alert.kind, '*'] } },
  });
  const digests = new Map(
    (await tx.alertDigest.findMany({ where: of })).map((one) => [one.userId, one.every as Digest]),
  );
  return userIds
    .filter((userId) =>
      wantsEmail(
        said.filter((one) => one.userId === userId),
        alert,
      ),
    )
    .map((userId) => {
      const every = digests.get(userId) ?? 'immediate';
      return {
        ...{ id: newId(), channel: 'email', userId, endpointId: null },
        status: every === 'immediate' ? 'queued' : 'held',
        nextAttemptAt: leavesAt(every, now()),
      };
    });
}

async function webhooks(tx: Tx, alert: Alert) {
  const endpoints = await tx.webhookEndpoint.findMany({
    where: {
      disabledAt: null,
      OR: [{ domainId: null }, ...(alert.domainId ? [{ domainId: alert.domainId }] : [])],
    },
    select: { id: true, kinds: true },
  });
  return endpoints
    .filter(({ kinds }) => takes(kinds, alert.kind))
    .map(({ id }) => ({
      id: alert.dedupeKey ? keyOf(id, alert.dedupeKey) : newId(),
      channel: 'webhook',
      endpointId: id,
      userId: null,
    }));
}

/** The same alert to the same endpoint has the same id, so that it is one row. */
const keyOf = (endpointId: string, dedupeKey: string): string =>
  createHash('sha256').update(`${endpointId}:${dedupeKey}`).digest('hex').slice(0, 32);

function queued({ kind }: Alert, event: AlertEvent) {
  return { kind, event: event as object, nextAttemptAt: now(), createdAt: now() };
}

async function recipientsOf(tx: Tx, to: Recipients): Promise<string[]> {
  const roles = [
    ...(to.stewards ? ['steward'] : []),
    ...(to.platformAdmins ? ['platform_admin'] : []),
  ];
  const users = await tx.user.findMany({
    where: {
      disabledAt: null,
      OR: [
        { id: { in: to.userIds ?? [] } },
        { platformRoles: { hasSome: roles } },
        {
          memberships: {
            some: { role: 'data_admin', domainId: { in: to.adminsOfDomains ?? [] } },
          },
        },
      ],
    },
    select: { id: true },
  });
  return users.map((user) => user.id);
}
