import { now, type Tx } from '@/lib/core';
import { type AlertEvent, portalUrl } from '../event';

/** A message in the words of another module. */
export interface MailEvent extends AlertEvent {
  mail: {
    text: string;
    html: string;
    /** Where its recipient chooses what comes: a path of the portal. */
    settings: string;
  };
}

interface Mail {
  /** The same id is one message. */
  id: string;
  userId: string;
  /** `insight.digest`, … */
  kind: string;
  subject: string;
  mail: MailEvent['mail'];
  /** Facts that the link to unsubscribe names. */
  data: Record<string, string>;
}

/**
 * Puts a message on its way, in the caller's transaction: tried, followed after a crash and shown as failed like the
 * e-mail of alerts.
 */
export async function queueMail(tx: Tx, { id, userId, kind, subject, mail, data }: Mail) {
  const event: MailEvent = {
    specversion: '1.0',
    ...{ id, source: portalUrl(), type: `portolan.${kind}`, time: now().toISOString() },
    datacontenttype: 'application/json',
    data: { ...data, level: 'info', title: subject, body: '', url: null },
    mail,
  };
  await tx.alertDelivery.createMany({
    data: {
      ...{ id, channel: 'email', userId, kind, event: event as object },
      ...{ nextAttemptAt: now(), createdAt: now() },
    },
    skipDuplicates: true,
  });
}
