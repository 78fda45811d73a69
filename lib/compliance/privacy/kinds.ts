import { parseDuration, shiftDate } from '@/lib/specs';

export const REGULATIONS = ['gdpr', 'ccpa'] as const;
export type Regulation = (typeof REGULATIONS)[number];

/** What each law lets a person ask for, and what is done about it. */
export const KINDS = {
  gdpr: {
    portability: { title: 'Portability', does: 'export', article: 'GDPR Art. 20' },
    access: { title: 'Access', does: 'export', article: 'GDPR Art. 15' },
    erasure: { title: 'Erasure', does: 'erase', article: 'GDPR Art. 17' },
  },
  ccpa: {
    disclosure: { title: 'Disclosure', does: 'export', article: 'CCPA § 1798.110' },
    deletion: { title: 'Deletion', does: 'erase', article: 'CCPA § 1798.105' },
    opt_out: { title: 'Opt-out', does: 'opt_out', article: 'CCPA § 1798.120' },
  },
} as const;
export type Deed = 'export' | 'erase' | 'opt_out';

export function kindOf(regulation: string, kind: string) {
  const kinds: Record<string, { title: string; does: Deed; article: string }> =
    KINDS[regulation as Regulation] ?? {};
  return kinds[kind] ?? null;
}

/** The statutory clock: a month by GDPR Art. 12(3), 45 days by CCPA § 1798.130. */
const CLOCK: Record<Regulation, { days: number; extensionDays: number }> = {
  gdpr: { days: 30, extensionDays: 60 },
  ccpa: { days: 45, extensionDays: 45 },
};

export function dueAt(regulation: Regulation, receivedAt: Date): Date {
  return shifted(receivedAt, CLOCK[regulation].days);
}

/** Both laws let the day be moved once, when the reason is told to the person. */
export function extended(regulation: Regulation, due: Date): Date {
  return shifted(due, CLOCK[regulation].extensionDays);
}

function shifted(date: Date, days: number): Date {
  const duration = parseDuration(`${days}_days`);
  return duration ? shiftDate(date, duration, 1) : date;
}

/** What may follow what. */
const NEXT: Record<string, readonly string[]> = {
  received: ['searching', 'rejected'],
  searching: ['review', 'failed'],
  review: ['running', 'rejected', 'searching'],
  running: ['completed', 'failed'],
  failed: ['searching', 'running', 'rejected'],
  completed: [],
  rejected: [],
};
export const mayBecome = (from: string, to: string): boolean => NEXT[from]?.includes(to) ?? false;
