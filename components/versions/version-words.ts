import type { StatusTone } from '@/components/ui/badge';

const STATES: Record<string, { text: string; tone: StatusTone }> = {
  proposed: { text: 'Proposed', tone: 'info' },
  activating: { text: 'Taking effect', tone: 'running' },
  active: { text: 'In force', tone: 'ok' },
  deprecated: { text: 'Deprecated', tone: 'warn' },
  superseded: { text: 'Superseded', tone: 'neutral' },
  retired: { text: 'Retired', tone: 'neutral' },
  withdrawn: { text: 'Withdrawn', tone: 'neutral' },
};

export const versionState = (status: string) =>
  STATES[status] ?? { text: status, tone: 'neutral' as const };

export const BUMPS: Record<string, string> = {
  major: 'Breaking',
  minor: 'Compatible',
  patch: 'Words only',
};

const DAY_MS = 86_400_000;

/** `in 12 days`, `today`. Whole days, for a countdown. */
export function daysUntil(at: string, now: number = Date.now()): string {
  const days = Math.ceil((Date.parse(at) - now) / DAY_MS);
  if (days <= 0) return 'today';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
}
