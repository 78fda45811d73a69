import { durationToMs, isDuration, type ProductSpec, type Quantity, sloTargets } from '@/lib/specs';

export const KINDS = ['availability', 'latency', 'freshness', 'completeness', 'custom'] as const;
export type Kind = (typeof KINDS)[number];

/** An objective as a contract promises it. */
export interface Promised {
  key: Exclude<Kind, 'custom'>;
  /** The share that is promised; null where the contract leaves it to the usual one. */
  target: number | null;
  /** Milliseconds of an answer or of age. */
  threshold: number | null;
  isInclusive: boolean;
}

export const TITLES: Record<Kind, string> = {
  availability: 'Availability',
  latency: 'Latency',
  freshness: 'Freshness',
  completeness: 'Completeness',
  custom: 'Custom',
};
/** Shares that a contract does not say: answers that are fast enough, minutes in which rows are fresh enough. */
export const USUAL_TARGET = { latency: 0.95, freshness: 0.99 } as const;

/** 99.9 as 0.999, without the tail that dividing leaves. */
export const shareOf = (percent: number): number =>
  Math.min(1, Number((percent / 100).toPrecision(12)));
const isUnder = (quantity: Quantity) => quantity.operator === '<';

/** What a descriptor's `spec.slo` promises; what cannot be read as a quantity is left out. */
export function promisesOf(slo: ProductSpec['slo'] | null): Promised[] {
  const { availability, latency, freshness, completeness } = sloTargets(slo ?? undefined);
  const promised: Promised[] = [];
  const whole = { threshold: null, isInclusive: true };
  if (availability) {
    promised.push({ key: 'availability', target: shareOf(availability.value), ...whole });
  }
  for (const [key, quantity] of Object.entries({ latency, freshness })) {
    if (!quantity || !isDuration(quantity)) continue;
    promised.push({
      key: key as 'latency' | 'freshness',
      target: null,
      threshold: durationToMs(quantity),
      isInclusive: !isUnder(quantity),
    });
  }
  if (completeness && !isDuration(completeness)) {
    promised.push({ key: 'completeness', target: shareOf(completeness.value), ...whole });
  }
  return promised;
}

/** Figures of a load test or of a day: what they say is compared, what they leave out is not. */
export interface MeasuredFigures {
  p95Ms?: number;
  /** Share of answers that were good, 0 to 1. */
  availability?: number;
  ageMs?: number;
}
export interface ObjectiveVerdict {
  objective: 'availability' | 'latency' | 'freshness';
  isMet: boolean;
  measured: number;
  promised: number;
}

/**
 * Whether measured figures keep a contract's objectives: a 95th percentile under the latency threshold means that
 * 95% of the answers were. Pure; one verdict for each objective that has both a promise and a figure.
 */
export function judgeFigures(
  slo: ProductSpec['slo'] | null,
  figures: MeasuredFigures,
): ObjectiveVerdict[] {
  return promisesOf(slo).flatMap(({ key, target, threshold, isInclusive }): ObjectiveVerdict[] => {
    if (key === 'availability') {
      const measured = figures.availability;
      if (measured === undefined || target === null) return [];
      return [{ objective: key, isMet: measured >= target, measured, promised: target }];
    }
    if (key === 'completeness' || threshold === null) return [];
    const measured = key === 'latency' ? figures.p95Ms : figures.ageMs;
    if (measured === undefined) return [];
    const isMet = isInclusive ? measured <= threshold : measured < threshold;
    return [{ objective: key, isMet, measured, promised: threshold }];
  });
}
