import type { Window } from '../metrics/metric';
import { PRICES, type Prices } from './prices';

const DAY_MS = 86_400_000;

export interface Version extends Prices {
  number: number;
  /** The first instant at which it is in force: a UTC midnight. */
  from: Date;
}

/** With which prices the amounts of something are added, and how often its facts are counted: 1, or taken away with -1. */
export interface Weight extends Prices {
  day: Date;
  facts: number;
}

/** What a window costs: sums of all days before a day, and days themselves, each with its weight. */
export interface Weights {
  sums: Weight[];
  days: Weight[];
}

/** How often each version's prices are added for a day, by the day. */
class Tally {
  private readonly byDay = new Map<number, Map<Version, number>>();

  add(day: number, version: Version, times: 1 | -1): void {
    const own = this.byDay.get(day) ?? new Map<Version, number>();
    own.set(version, (own.get(version) ?? 0) + times);
    this.byDay.set(day, own);
  }

  /** Whole numbers until here, so that what is added and taken away again leaves nothing. */
  weights(): Weight[] {
    return [...this.byDay].flatMap(([day, versions]) => {
      const held = [...versions].filter(([, times]) => times !== 0);
      if (held.length === 0) return [];
      const total = (of: (version: Version) => number) =>
        held.reduce((sum, [version, times]) => sum + times * of(version), 0);
      const prices = PRICES.map((price) => [price, total((version) => version[price])]);
      return [
        { ...(Object.fromEntries(prices) as Prices), day: new Date(day), facts: total(() => 1) },
      ];
    });
  }
}

/**
 * What a window is added up from: of the days from its first to the last before its end, what all days before the end took less
 * what all before its first day took, and likewise where prices change in it. A sum is known of some days; from there to the
 * day that is wanted, days are added themselves. Without a sum that shortens it all days are. Pure.
 * @param kept of which days there are sums
 */
export function weightsOf(
  window: Window,
  versions: readonly Version[],
  kept: readonly Date[],
): Weights {
  const spans = spansOf(window, versions);
  const sums = new Tally();
  const days = new Tally();
  const starts = [...kept].map((day) => day.getTime()).sort((a, b) => b - a);
  const upTo = (day: number, version: Version, times: 1 | -1): boolean => {
    const start = starts.find((one) => one <= day);
    if (start === undefined) return false;
    sums.add(start, version, times);
    for (let at = start; at < day; at += DAY_MS) days.add(at, version, times);
    return true;
  };
  const isKnown = spans.every(
    ({ from, to, version }) => upTo(to, version, 1) && upTo(from, version, -1),
  );
  const shorter = { sums: sums.weights(), days: days.weights() };
  const all = new Tally();
  for (const { from, to, version } of spans)
    for (let at = from; at < to; at += DAY_MS) all.add(at, version, 1);
  const plain = all.weights();
  const isShorter = isKnown && shorter.sums.length + shorter.days.length < plain.length;
  return isShorter ? shorter : { sums: [], days: plain };
}

interface Span {
  from: number;
  to: number;
  version: Version;
}

/** The days of a window on which the same prices are in force: those of the newest version that is. */
function spansOf({ from, to }: Window, versions: readonly Version[]): Span[] {
  const newest = [...versions].sort((a, b) => b.number - a.number);
  const edges = newest
    .map((version) => version.from.getTime())
    .filter((at) => at > from.getTime() && at < to.getTime());
  const starts = [...new Set([from.getTime(), ...edges])].sort((a, b) => a - b);
  const spans: Span[] = [];
  starts.forEach((start, at) => {
    const version = newest.find((one) => one.from.getTime() <= start);
    const end = starts[at + 1] ?? to.getTime();
    const last = spans.at(-1);
    if (last && last.version === version && last.to === start) last.to = end;
    else if (version) spans.push({ from: start, to: end, version });
  });
  return spans;
}
