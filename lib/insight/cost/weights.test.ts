import { expect, it } from 'vitest';
import type { Window } from '../metrics/metric';
import { PRICES, type Prices } from './prices';
import { type Version, type Weights, weightsOf } from './weights';

const at = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000);
const version = (number: number, day: number, price: number): Version => ({
  ...{ number, from: at(day), storageGbMonth: price, loadHour: price * 2 },
  ...{ qualityHour: 0, queryHour: 0.1, egressGb: price },
});
/** What a day took, of whatever has a price. */
const amount = (day: number) => 1 + ((day * 7919) % 13);
const upTo = (day: number) => {
  let sum = 0;
  for (let one = 0; one < day; one += 1) sum += amount(one);
  return sum;
};
const dayOf = (one: Date) => (one.getTime() - at(0).getTime()) / 86_400_000;

function costs({ sums, days }: Weights, price: keyof Prices) {
  const all = [
    ...sums.map((one) => ({
      ...one,
      took: upTo(dayOf(one.day)),
      facts: one.facts * dayOf(one.day),
    })),
    ...days.map((one) => ({ ...one, took: amount(dayOf(one.day)) })),
  ];
  return {
    cost: all.reduce((sum, one) => sum + one.took * one[price], 0),
    facts: all.reduce((sum, one) => sum + one.facts, 0),
  };
}
/** Day by day, at the prices of the newest version that is in force. */
function plainly({ from, to }: Window, versions: Version[], price: keyof Prices) {
  let [cost, facts] = [0, 0];
  for (let day = dayOf(from); day < dayOf(to); day += 1) {
    const inForce = versions
      .filter((one) => one.from <= at(day))
      .sort((a, b) => b.number - a.number)[0];
    cost += inForce ? amount(day) * inForce[price] : 0;
    facts += inForce ? 1 : 0;
  }
  return { cost: expect.closeTo(cost, 9), facts };
}

const WINDOWS = [
  { from: at(0), to: at(90) },
  { from: at(31), to: at(61) },
  { from: at(83), to: at(90) },
  { from: at(20), to: at(20) },
];
const PRICED: Record<string, Version[]> = {
  never: [],
  once: [version(1, -5, 3)],
  'from within': [version(1, 40, 3)],
  'and changed': [version(1, 10, 3), version(2, 45, 0.1), version(3, 50, 0.3)],
  // The third corrects what the second said of later days.
  'and corrected': [version(1, 0, 3), version(2, 60, 5), version(3, 44, 7)],
};

it.each(Object.keys(PRICED))('is what days cost one by one, with prices %s', (name) => {
  const versions = PRICED[name]!;
  for (const window of WINDOWS)
    for (const kept of [[], [0, 30, 60, 83, 89], [25, 80], [0, 31, 40, 44, 45, 50, 60, 61, 90]])
      for (const price of PRICES)
        expect(costs(weightsOf(window, versions, kept.map(at)), price)).toEqual(
          plainly(window, versions, price),
        );
});

it('takes few sums in place of many days, and days where sums do not reach', () => {
  const versions = [version(1, -5, 3), version(2, 45, 0.1)];
  const window = { from: at(0), to: at(90) };
  const { sums, days } = weightsOf(window, versions, [0, 45, 88].map(at));
  expect(sums.map((one) => [dayOf(one.day), one.facts])).toEqual([
    [45, 0],
    [0, -1],
    [88, 1],
  ]);
  expect(days.map(({ day }) => dayOf(day))).toEqual([88, 89]);
  expect(weightsOf(window, versions, [at(10)])).toMatchObject({ sums: [] });
  expect(weightsOf({ from: at(45), to: at(90) }, versions, [at(3)]).days).toHaveLength(45);
});
