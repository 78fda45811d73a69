import { db } from '@/lib/core';
import { type EffectivePolicy, effectivePolicy } from '@/lib/governance';
import {
  type Duration,
  type Enforcement,
  parseDuration,
  parseSchedule,
  shiftDate,
} from '@/lib/specs';
import { nextCron } from './cron';
import type { MonitorRule } from './rule';

export interface MonitorSettings {
  isEnabled: boolean;
  frequency: string;
  level: Enforcement;
  /** How long a violation may wait before it is told to a higher person. */
  escalateAfter: Duration;
}

/** Between sweeps of a real-time rule: what no change announces (an end date, a person who left) is seen then. */
const SWEEP_MS = 300_000;
const ESCALATE_AFTER: Record<Enforcement, Duration> = {
  error: { value: 1, unit: 'days' },
  warning: { value: 7, unit: 'days' },
};

/** What the policies' `monitoring` says about a rule, over what the rule says itself. */
export function settingsOf(rule: MonitorRule, policy: EffectivePolicy): MonitorSettings {
  const own = policy.monitoring[rule.id]?.value;
  const level = own?.threshold ?? rule.level;
  const stated = own?.escalate_after === undefined ? null : parseDuration(own.escalate_after);
  return {
    isEnabled: own?.enabled !== false,
    frequency: own?.frequency ?? rule.frequency,
    level,
    escalateAfter: stated ?? ESCALATE_AFTER[level],
  };
}

export const escalationOf = (level: string): Duration =>
  ESCALATE_AFTER[level === 'error' ? 'error' : 'warning'];

/** The first moment after `from` at which a frequency asks for a run; null for `manual`. */
export function nextRun(frequency: string, from: Date): Date | null {
  const parsed = parseSchedule(frequency);
  switch (parsed?.kind) {
    case 'interval':
      return shiftDate(from, parsed.every, 1);
    case 'continuous':
      return new Date(from.getTime() + SWEEP_MS);
    case 'cron':
      return nextCron(parsed.expression, from);
    default:
      return null;
  }
}

export const isRealTime = (frequency: string): boolean =>
  parseSchedule(frequency)?.kind === 'continuous';

/** The organisation's policy and every domain's: a rule runs as often as the one that wants it most often. */
export async function policiesOfDomains(): Promise<EffectivePolicy[]> {
  const domains = await db().domain.findMany({
    where: { archivedAt: null },
    select: { name: true },
    take: 10_000,
  });
  return Promise.all([null, ...domains.map(({ name }) => name)].map(effectivePolicy));
}

/** When a rule runs next after `from`, by whichever policy asks first, and that policy's words for it. */
export function nextAmong(
  rule: MonitorRule,
  policies: readonly EffectivePolicy[],
  from: Date,
): { at: Date; frequency: string } | null {
  const wanted = policies.flatMap((policy) => {
    const { isEnabled, frequency } = settingsOf(rule, policy);
    const at = isEnabled ? nextRun(frequency, from) : null;
    return at ? [{ at, frequency }] : [];
  });
  return wanted.reduce<{ at: Date; frequency: string } | null>(
    (first, one) => (first && first.at <= one.at ? first : one),
    null,
  );
}
