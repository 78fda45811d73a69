/** What one source says about one minute: how many events there were, and how many of them were good. */
export interface MinuteRow {
  /** Milliseconds since 1970 of the minute's first instant. */
  minute: number;
  source: 'request' | 'probe' | 'state' | 'outage';
  good: number;
  total: number;
}

/**
 * Minutes added up. Every minute in which something was measured weighs the same, whatever its traffic
 * (OpenSLO's budgeting method RatioTimeslices): `good` is the sum of the minutes' shares of good events.
 */
export interface Tally {
  measured: number;
  good: number;
  outage: number;
  goodEvents: number;
  events: number;
}
export const NOTHING: Tally = { measured: 0, good: 0, outage: 0, goodEvents: 0, events: 0 };

/** Adds up minutes in any order; rows of one minute are one minute. */
export function tallyOf(rows: readonly MinuteRow[]): Tally {
  const minutes = new Map<number, { good: number; total: number; isOutage: boolean }>();
  for (const { minute, source, good, total } of rows) {
    const held = minutes.get(minute) ?? { good: 0, total: 0, isOutage: false };
    held.good += good;
    held.total += total;
    held.isOutage ||= source === 'outage';
    minutes.set(minute, held);
  }
  let sum = NOTHING;
  for (const { good, total, isOutage } of minutes.values()) {
    if (total <= 0) continue;
    sum = addTallies(sum, {
      measured: 1,
      good: good / total,
      outage: isOutage ? 1 : 0,
      goodEvents: good,
      events: total,
    });
  }
  return sum;
}

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    measured: a.measured + b.measured,
    good: a.good + b.good,
    outage: a.outage + b.outage,
    goodEvents: a.goodEvents + b.goodEvents,
    events: a.events + b.events,
  };
}

export interface Budget {
  /** Share of good time, 0 to 1; null when nothing was measured. */
  sli: number | null;
  /** Minutes that may be bad, of those measured so far. */
  allowed: number;
  /** Minutes that were. */
  used: number;
  /** What is left of `allowed`; negative when the objective is missed. */
  left: number;
  /** `left` as a share of `allowed`, at most 1; null when nothing was measured. */
  leftShare: number | null;
}

/** The error budget of a window: the minutes that the target leaves for failure, and how many are spent. */
export function budgetOf(
  { measured, good }: Pick<Tally, 'measured' | 'good'>,
  target: number,
): Budget {
  const allowed = (1 - target) * measured;
  const used = measured - good;
  const left = allowed - used;
  if (measured === 0) return { sli: null, allowed: 0, used: 0, left: 0, leftShare: null };
  const leftShare = allowed > 0 ? left / allowed : used > 0 ? -MAX_BURN : 1;
  return { sli: good / measured, allowed, used, left, leftShare };
}

/** A promise of 100% has no budget: any loss burns it this fast. */
const MAX_BURN = 1_000_000;

/**
 * How fast the budget is spent: 1 spends exactly all of it by the window's end. Null without measurements.
 * Source: The Site Reliability Workbook, chapter 5.
 */
export function burnRate(
  { measured, good }: Pick<Tally, 'measured' | 'good'>,
  target: number,
): number | null {
  if (measured === 0) return null;
  const bad = (measured - good) / measured;
  if (bad <= 0) return 0;
  return target >= 1 ? MAX_BURN : Math.min(bad / (1 - target), MAX_BURN);
}

export interface BurnPolicy {
  key: 'fast' | 'slow';
  factor: number;
  longMinutes: number;
  shortMinutes: number;
  level: 'error' | 'warning';
}

/**
 * Multiwindow, multi-burn-rate alerts of the Site Reliability Workbook (chapter 5, table 5-8): 2% of a 30-day
 * budget in an hour, 5% in six. The short window, a twelfth of the long one, ends an alert soon after its cause.
 */
export const BURN_POLICIES: readonly BurnPolicy[] = [
  { key: 'fast', factor: 14.4, longMinutes: 60, shortMinutes: 5, level: 'error' },
  { key: 'slow', factor: 6, longMinutes: 360, shortMinutes: 30, level: 'warning' },
];

/** Both windows burn faster than the policy's factor. */
export function isBurning(policy: BurnPolicy, long: number | null, short: number | null): boolean {
  return long !== null && short !== null && long > policy.factor && short > policy.factor;
}

export type Standing = 'met' | 'at_risk' | 'missed' | 'early';
const LITTLE = 0.25;
/** One bad minute among a handful says nothing yet. */
const EARLY_MINUTES = 60;

/** In one word: missed when the budget is overdrawn, at risk when it burns or little is left. */
export function standingOf(budget: Budget, measured: number, isBurningNow: boolean): Standing {
  if (measured < EARLY_MINUTES || budget.leftShare === null)
    return isBurningNow ? 'at_risk' : 'early';
  // A rounding error of the sum of shares is no miss.
  if (budget.left < -1e-9 * Math.max(1, budget.allowed)) return 'missed';
  return isBurningNow || budget.leftShare < LITTLE ? 'at_risk' : 'met';
}
