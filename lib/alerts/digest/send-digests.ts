import { db, newId, now, type Tx, transact } from '@/lib/core';
import { type AlertEvent, portalUrl } from '../event';

const PEOPLE = 200;
const MOST = 200;

/** What a digest holds: the alerts themselves, oldest first. */
export interface DigestEvent extends AlertEvent {
  alerts: AlertEvent[];
}

/** Of people, those who may find a product now; policies decide that. */
type MayFind = (tx: Tx, productId: string, userIds: readonly string[]) => Promise<string[]>;

/**
 * Puts into one message what was held for each person whose digest is due, less what is about a product that they may
 * not find any more. @returns how many people
 */
export async function sendDigests(mayFind: MayFind): Promise<number> {
  const due = await db().alertDelivery.findMany({
    where: { status: 'held', nextAttemptAt: { lte: now() } },
    distinct: ['userId'],
    select: { userId: true },
    take: PEOPLE,
  });
  for (const { userId } of due) if (userId) await transact((tx) => gather(tx, userId, mayFind));
  return due.length;
}

/** Several workers may look at once: whoever locks the rows makes the message. */
async function gather(tx: Tx, userId: string, mayFind: MayFind): Promise<void> {
  const held = await tx.$queryRaw<{ id: string; event: AlertEvent }[]>`
    select id, event from alert_delivery
    where "userId" = ${userId} and status = 'held' and "nextAttemptAt" <= ${now()}
    order by id limit ${MOST} for update skip locked`;
  if (held.length === 0) return;
  const id = newId();
  const alerts = await stillTold(
    held.map(({ event }) => event),
    async (productId) => (await mayFind(tx, productId, [userId])).length > 0,
  );
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

async function stillTold(
  alerts: readonly AlertEvent[],
  isFound: (productId: string) => Promise<boolean>,
): Promise<AlertEvent[]> {
  const hidden = new Set<string>();
  for (const productId of new Set(alerts.flatMap(({ subject }) => subject ?? []))) {
    if (!(await isFound(productId))) hidden.add(productId);
  }
  return alerts.filter(({ subject }) => !subject || !hidden.has(subject));
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
