/** How many earlier loads are looked at, and how few say nothing. */
export const MOST_HISTORY = 30;
export const LEAST_HISTORY = 5;
/** Modified z-score beyond which a value is unusual (Iglewicz and Hoaglin, 1993). */
const LIMIT = 3.5;
/** Scales the median absolute deviation to a standard deviation of normal data. */
const NORMAL = 0.6745;
/** Loads that are all alike still vary by this share before anybody is told. */
const LEAST_SPREAD = 0.02;

export interface Unusual {
  median: number;
  /** Median distance from the median. */
  deviation: number;
  score: number;
  low: number;
  high: number;
  count: number;
}

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/**
 * Whether a value is unusual beside earlier ones: its distance from their median, in median absolute deviations.
 * Null when it is not, or when there is too little history to say.
 */
export function unusual(history: readonly number[], value: number): Unusual | null {
  if (history.length < LEAST_HISTORY) return null;
  const median = medianOf(history);
  const deviation = medianOf(history.map((one) => Math.abs(one - median)));
  const spread = Math.max(deviation, Math.abs(median) * LEAST_SPREAD, 1e-9);
  const score = (NORMAL * (value - median)) / spread;
  if (Math.abs(score) <= LIMIT) return null;
  return {
    median,
    deviation,
    score: Math.round(score * 10) / 10,
    low: Math.min(...history),
    high: Math.max(...history),
    count: history.length,
  };
}

export interface Anomaly {
  kind: 'volume' | 'freshness';
  message: string;
  value: number;
  median: number;
  score: number;
}

const shown = (value: number) => Math.round(value).toLocaleString('en');
const times = (value: number, median: number) =>
  median > 0
    ? `, ${(value / median).toLocaleString('en', { maximumFractionDigits: 2 })} times the usual`
    : '';

/** A load with far more or far fewer rows than those before it. */
export function volumeAnomaly(history: readonly number[], rows: number): Anomaly | null {
  const found = unusual(history, rows);
  if (!found) return null;
  const { median, deviation, score, low, high, count } = found;
  return {
    kind: 'volume',
    value: rows,
    median,
    score,
    message: `${shown(rows)} rows${times(rows, median)}: the ${count} loads before had ${shown(low)} to ${shown(high)}, with a median of ${shown(median)} and a median deviation of ${shown(deviation)}. That is ${Math.abs(score)} deviations ${score > 0 ? 'more' : 'fewer'}; more than ${LIMIT} is unusual.`,
  };
}

const HOUR_MS = 3_600_000;
const span = (ms: number) =>
  ms < HOUR_MS
    ? `${Math.round(ms / 60_000)} minutes`
    : `${(ms / HOUR_MS).toLocaleString('en', { maximumFractionDigits: 1 })} hours`;

/** A load that is late: the time since the last one is far beyond the time between those before. */
export function freshnessAnomaly(gapsMs: readonly number[], sinceMs: number): Anomaly | null {
  const found = unusual(gapsMs, sinceMs);
  if (!found || found.score < 0) return null;
  const { median, deviation, score, low, high, count } = found;
  return {
    kind: 'freshness',
    value: sinceMs,
    median,
    score,
    message: `No load for ${span(sinceMs)}: the ${count} times between loads before were ${span(low)} to ${span(high)}, with a median of ${span(median)} and a median deviation of ${span(deviation)}. That is ${score} deviations longer; more than ${LIMIT} is unusual.`,
  };
}
