import { AppError, signStatement, verifyStatement } from '@/lib/core';
import { ALERT_KINDS, type AlertKind } from '../alert';
import { type AlertEvent, portalUrl } from '../event';

const TYPE = 'portolan-unsubscribe';

/** Who got a message, and of what: whoever holds the message may stop such messages, and nothing else. */
export interface Unsubscriber {
  userId: string;
  /** Null: a digest, which is of every kind. */
  kind: AlertKind | null;
  productId: string | null;
  /** Figures by e-mail: this subscription alone. */
  digestId: string | null;
}

/** The address in the message; it works signed out, and as long as the master key is the same. */
export async function unsubscribeUrls(userId: string, event: AlertEvent) {
  const kind = event.type.replace(/^portolan\./, '');
  const { productId, digestId } = event.data;
  const token = await signStatement(TYPE, {
    u: userId,
    ...(kind in ALERT_KINDS && { k: kind }),
    ...(typeof productId === 'string' && { p: productId }),
    ...(typeof digestId === 'string' && { d: digestId }),
  });
  return {
    page: `${portalUrl()}/unsubscribe?token=${token}`,
    /** RFC 8058: mail programs post here when their own button is pressed. */
    oneClick: `${portalUrl()}/api/v1/unsubscribe?token=${token}`,
  };
}

/** @throws AppError invalid when it was not signed here */
export async function readUnsubscribeToken(token: string): Promise<Unsubscriber> {
  const { u, k, p, d } = await verifyStatement([TYPE], token).catch(() => {
    throw new AppError(
      'invalid',
      'This link is not whole. Open it from the e-mail again, or choose under Settings → Notifications.',
    );
  });
  return {
    userId: String(u),
    kind: typeof k === 'string' && k in ALERT_KINDS ? (k as AlertKind) : null,
    productId: typeof p === 'string' ? p : null,
    digestId: typeof d === 'string' ? d : null,
  };
}
