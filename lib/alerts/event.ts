import { CloudEvent } from 'cloudevents';
import { env } from '@/lib/core';
import type { Alert } from './alert';

export interface AlertEvent {
  specversion: '1.0';
  id: string;
  /** The portal. */
  source: string;
  /** `portolan.violation.opened`, … */
  type: string;
  time: string;
  subject?: string;
  datacontenttype: 'application/json';
  data: {
    level: Alert['level'];
    title: string;
    body: string;
    /** Where to act, whole. */
    url: string | null;
    [fact: string]: unknown;
  };
}

export const portalUrl = (): string =>
  (env().PORTOLAN_URL ?? `http://localhost:${env().PORT}`).replace(/\/+$/, '');

/** An alert as a CloudEvent (v1.0, JSON format). */
export function eventOf(alert: Alert, id: string, at: Date): AlertEvent {
  const { kind, level, title, body = '', href, productId, domainId, data } = alert;
  const event = new CloudEvent({
    id,
    source: portalUrl(),
    type: `portolan.${kind}`,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    ...(productId && { subject: productId }),
    data: {
      ...data,
      level,
      title,
      body,
      url: href ? portalUrl() + href : null,
      ...(productId && { productId }),
      ...(domainId && { domainId }),
    },
  });
  return event.toJSON() as unknown as AlertEvent;
}
