import type { StatusTone } from '@/components/ui/badge';
import type { ObjectiveView, Standing } from '@/lib/slo';

export const STANDINGS: Record<Standing, { text: string; tone: StatusTone }> = {
  met: { text: 'Met', tone: 'ok' },
  at_risk: { text: 'At risk', tone: 'warn' },
  missed: { text: 'Missed', tone: 'error' },
  /** Less than an hour of minutes. */
  early: { text: 'Too early to say', tone: 'neutral' },
};

/** A share as a percentage that never rounds a loss away: 0.999996 is 99.999%, not 100%. */
export function percentText(share: number): string {
  if (share >= 1) return '100%';
  // Digits where targets differ by them.
  const digits = share >= 0.99 ? 3 : 1;
  const parts = 10 ** digits;
  return `${Number((Math.floor(share * 100 * parts + 1e-6) / parts).toFixed(digits))}%`;
}

/** A length of time in the unit that suits it. */
export function minutesText(minutes: number): string {
  const size = Math.abs(minutes);
  if (size < 1) return `${Math.round(minutes * 60)} s`;
  if (size < 120) return `${Number(minutes.toFixed(1))} min`;
  if (size < 2880) return `${Number((minutes / 60).toFixed(1))} h`;
  return `${Number((minutes / 1440).toFixed(1))} days`;
}

export function thresholdText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms < 60_000 ? `${Number((ms / 1000).toFixed(1))} s` : minutesText(ms / 60_000);
}

type Promised = Pick<ObjectiveView, 'kind' | 'target' | 'threshold' | 'isInclusive' | 'formula'>;

/** The promise in a sentence, without its window. */
export function promiseText({ kind, target, threshold, isInclusive, formula }: Promised): string {
  const share = percentText(target);
  const limit = `${isInclusive ? 'within' : 'in under'} ${thresholdText(threshold ?? 0)}`;
  switch (kind) {
    case 'availability':
      return `Reads are answered ${share} of the time`;
    case 'latency':
      return `${share} of the pages of rows are answered ${limit}`;
    case 'freshness':
      return `The rows are ${isInclusive ? 'at most' : 'less than'} ${thresholdText(threshold ?? 0)} old, ${share} of the time`;
    case 'completeness':
      return `${share} of the values that should be there are there`;
    case 'custom':
      return `${formula ?? 'The formula'} holds ${share} of the time`;
  }
}

/** What makes a minute good: the answer to "how is this computed?". */
export const COMPUTED: Record<ObjectiveView['kind'], string> = {
  availability:
    'Of the reads in a minute, those answered with a status below 400 are good and those answered with 500 or above are bad. What the asker did wrong (401, 403, 404, 410, 429 and the like) and reads that the asker left are not counted. Once a minute a probe reads the first row as a consumer would and counts as one read. A minute in which no web process of the portal lived, or a probe got no answer, is bad: an outage. A minute without reads and without a probe is not measured.',
  latency:
    'Of the pages of rows (JSON) that were answered in a minute, those answered within the threshold are good. The time runs from the request to the end of the answer. Downloads are left out: they take as long as their reader’s line. The probe of each minute counts as one page.',
  freshness:
    'A minute is good when the rows that were served at its end were written no longer ago than the threshold. It is known for every minute, also when nothing was read.',
  completeness:
    'Each minute counts with the completeness score of the newest quality run before its end. Before the first run nothing is measured.',
  custom:
    'A minute is good when the formula holds for its metrics. A minute in which the formula cannot be judged is not measured.',
};
