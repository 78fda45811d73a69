import type { Alert, AlertKind } from './alert';

/** Kinds that ask a person to act: sent by e-mail unless they say otherwise, as errors are. */
const ASKS: readonly AlertKind[] = [
  'policy.submitted',
  'waiver.requested',
  'waiver.ending',
  'certification.ending',
  'certification.ended',
  'violation.assigned',
  'violation.escalated',
  'privacy.received',
  'privacy.due',
  'privacy.flagged',
  'access.expiring',
  'quality.assigned',
  'question.asked',
  'question.answered',
  'report.made',
  'campaign.started',
  'campaign.reminder',
];

export const asksByDefault = (kind: AlertKind): boolean => ASKS.includes(kind);

/** Whether a person gets this by e-mail: their word on the kind, else on all, else what asks them or failed. */
export function wantsEmail(
  preferences: readonly { kind: string; email: boolean }[],
  alert: Pick<Alert, 'kind' | 'level'>,
): boolean {
  const said = (kind: string) => preferences.find((one) => one.kind === kind)?.email;
  return said(alert.kind) ?? said('*') ?? (alert.level === 'error' || asksByDefault(alert.kind));
}

/** Whether an endpoint takes a kind: `violation.opened`, `violation.*`; an empty list takes all. */
export const takes = (kinds: readonly string[], kind: string): boolean =>
  kinds.length === 0 ||
  kinds.some((one) => one === kind || (one.endsWith('.*') && kind.startsWith(one.slice(0, -1))));
