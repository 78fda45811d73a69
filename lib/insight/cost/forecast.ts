import type { Point } from '../figures/figure';

/** How many whole days before today the rest of the month is taken from. */
export const LOOKS_BACK = 14;
const DAY_MS = 86_400_000;

export interface Forecast {
  /** What the month comes to when the days that are left cost what the last 14 whole ones did on average. */
  value: number;
  /** When each costs what the cheapest of those did, and the dearest. */
  least: number;
  most: number;
  /** The whole days of the month that are over, and what they cost. */
  daysOver: number;
  soFar: number;
  /** Today and the days after it. */
  daysLeft: number;
}
/** Why there is no forecast: how many of the days that it needs have prices. */
export interface NoForecast {
  needed: number;
  known: number;
}

/**
 * A month's cost from whole days: those of it that are over, and for each day that is left, today too, the mean of the last
 * 14. Every one of these days must have a cost. Pure; `days` are single days, oldest first.
 */
export function forecastOf(
  days: readonly Pick<Point, 'at' | 'value'>[],
  today: Date,
): Forecast | NoForecast {
  const begin = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1);
  const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1);
  const cost = new Map(days.map(({ at, value }) => [Date.parse(at), value]));
  const midnight = Math.floor(today.getTime() / DAY_MS) * DAY_MS;
  const from = (first: number) =>
    Array.from({ length: (midnight - first) / DAY_MS }, (_, at) => cost.get(first + at * DAY_MS));
  const over = from(begin);
  const last = from(midnight - LOOKS_BACK * DAY_MS);
  const needed = from(Math.min(begin, midnight - LOOKS_BACK * DAY_MS));
  const known = needed.filter((one) => typeof one === 'number').length;
  if (known < needed.length) return { needed: needed.length, known };
  const soFar = sum(over as number[]);
  const daysLeft = (end - midnight) / DAY_MS;
  return {
    value: soFar + (daysLeft * sum(last as number[])) / LOOKS_BACK,
    least: soFar + daysLeft * Math.min(...(last as number[])),
    most: soFar + daysLeft * Math.max(...(last as number[])),
    ...{ daysOver: over.length, soFar, daysLeft },
  };
}

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
