import { ctxForUser } from '@/lib/auth';
import { db, isAppError, newId, now, Prisma, type Tx, transact } from '@/lib/core';
import { type AlertEvent, portalUrl } from '../event';
import { type Findable, isToldStill } from '../findable';

const PEOPLE = 200;
const MOST = 200;

/** What a digest holds: the alerts themselves, oldest first. */
export interface DigestEvent extends AlertEvent {
  alerts: AlertEvent[];
}

/**
 * Puts into one message what was held for each person whose digest is due, less what is about a product that they may
 * not find any more. @returns how many people
 */
export async function sendDigests(findable: Findable): Promise<number> {
  const due = await db().alertDelivery.findMany({
    where: { status: 'held', nextAttemptAt: { lte: now() } },
    distinct: ['userId'],
    select: { userId: true },
    take: PEOPLE,
  });
  for (const { userId } of due) {
    if (!userId) continue;
    const found = await foundBy(userId, findable);
    await transact((tx) => gather(tx, userId, found));
  }
  return due.length;
}

/** Nothing is found by somebody who has left: what they were told goes nowhere. */
async function foundBy(userId: string, findable: Findable): Promise<Prisma.Sql> {
  try {
    return await findable(await ctxForUser(userId));
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return Prisma.sql`false`;
    throw error;
  }
}

/** Several workers may look at once: whoever locks the rows makes the message. */
async function gather(tx: Tx, userId: string, found: Prisma.Sql): Promise<void> {
  const told = isToldStill(Prisma.sql`(event ->> 'subject')`, found);
  const held = await tx.$queryRaw<{ id: string; event: AlertEvent; isTold: boolean }[]>`
    select id, event, ${told} as "isTold" from alert_delivery
    where "userId" = ${userId} and status = 'held' and "nextAttemptAt" <= ${now()}
    order by id limit ${MOST} for update skip locked`;
  if (held.length === 0) return;
  const id = newId();
  const alerts = held.flatMap(({ event, isTold }) => (isTold ? [event] : []));
  if (alerts.length > 0) {
    await tx.alertDelivery.create({
      data: {
        ...{ id, channel: 'email', userId, kind: 'digest', event: digestOf(id, alerts) as object },
        ...{ nextAttemptAt: now(), createdAt: now() },
      },
    });
  }
  await tx.alertDelivery.updateMany({
    where: { id: { in: held.map((one) => one.id) } },
    data: { status: 'delivered', deliveredAt: now() },
  });
}

function digestOf(id: string, alerts: AlertEvent[]): DigestEvent {
  const urgent = alerts.filter(({ data }) => data.level === 'error').length;
  const count = alerts.length === 1 ? 'One alert' : `${alerts.length} alerts`;
  return {
    specversion: '1.0',
    ...{ id, source: portalUrl(), type: 'portolan.digest', time: now().toISOString() },
    datacontenttype: 'application/json',
    data: {
      level: urgent > 0 ? 'error' : 'info',
      title: `${count} from Portolan${urgent > 0 ? `, ${urgent} urgent` : ''}`,
      body: '',
      url: `${portalUrl()}/inbox`,
    },
    alerts,
  };
}
