import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTallies,
  BURN_POLICIES,
  budgetOf,
  burnRate,
  isBurning,
  type MinuteRow,
  standingOf,
  tallyOf,
} from './laws';

const SOURCES = ['request', 'probe', 'state', 'outage'] as const;
const row: fc.Arbitrary<MinuteRow> = fc
  .record({
    minute: fc.integer({ min: 0, max: 200 }).map((n) => n * 60_000),
    source: fc.constantFrom(...SOURCES),
    total: fc.integer({ min: 0, max: 1000 }),
    bad: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ bad, ...rest }) => ({ ...rest, good: Math.round(rest.total * (1 - bad)) }));
/** One row for each minute and source, as the table's key has it. */
const rows = fc.uniqueArray(row, {
  maxLength: 120,
  selector: ({ minute, source }) => `${minute} ${source}`,
});
const target = fc.double({ min: 0.5, max: 0.9999, noNaN: true });
const close = (a: number, b: number) => expect(a).toBeCloseTo(b, 6);

describe('minutes add up', () => {
  it('to the same, in whatever order they come', () => {
    fc.assert(
      fc.property(
        rows,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (all, order) => {
          const shuffled = all
            .map((one) => ({ one, place: order.next().value as number }))
            .sort((a, b) => a.place - b.place)
            .map(({ one }) => one);
          const [a, b] = [tallyOf(all), tallyOf(shuffled)];
          expect(b.measured).toBe(a.measured);
          expect(b.outage).toBe(a.outage);
          expect(b.events).toBe(a.events);
          close(b.good, a.good);
        },
      ),
    );
  });

  it('to the same, cut into hours anywhere between minutes and added', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 200 }), (all, cut) => {
        const at = cut * 60_000;
        const parts = addTallies(
          tallyOf(all.filter(({ minute }) => minute < at)),
          tallyOf(all.filter(({ minute }) => minute >= at)),
        );
        const whole = tallyOf(all);
        expect(parts.measured).toBe(whole.measured);
        close(parts.good, whole.good);
        expect(parts.events).toBe(whole.events);
      }),
    );
  });

  it('so that a minute weighs the same with one event and with a thousand', () => {
    const busy = { minute: 0, source: 'request', good: 1000, total: 1000 } as const;
    const quiet = { minute: 60_000, source: 'probe', good: 0, total: 1 } as const;
    expect(tallyOf([busy, quiet])).toMatchObject({
      measured: 2,
      good: 1,
      goodEvents: 1000,
      events: 1001,
    });
  });

  it('and a minute with nothing in it is not measured', () => {
    expect(tallyOf([{ minute: 0, source: 'request', good: 0, total: 0 }]).measured).toBe(0);
  });
});

describe('the error budget', () => {
  it('is what the target leaves: used and left make up allowed, and it is overdrawn exactly when the target is missed', () => {
    fc.assert(
      fc.property(rows, target, (all, goal) => {
        const tally = tallyOf(all);
        const budget = budgetOf(tally, goal);
        close(budget.used + budget.left, budget.allowed);
        if (budget.sli === null) {
          expect(tally.measured).toBe(0);
          return;
        }
        expect(budget.sli).toBeGreaterThanOrEqual(0);
        expect(budget.sli).toBeLessThanOrEqual(1 + 1e-12);
        if (Math.abs(budget.sli - goal) > 1e-9) expect(budget.left < 0).toBe(budget.sli < goal);
      }),
    );
  });

  it('of 99.9% in 30 days is 43.2 minutes', () => {
    const budget = budgetOf({ measured: 43_200, good: 43_200 - 10.8 }, 0.999);
    expect(budget.allowed).toBeCloseTo(43.2, 9);
    expect(budget.left).toBeCloseTo(32.4, 9);
    expect(budget.leftShare).toBeCloseTo(0.75, 9);
  });

  it('of 100% is nothing: any loss misses it', () => {
    expect(standingOf(budgetOf({ measured: 100, good: 100 }, 1), 100, false)).toBe('met');
    expect(standingOf(budgetOf({ measured: 100, good: 99.5 }, 1), 100, false)).toBe('missed');
  });
});

describe('the burn rate', () => {
  it('is 1 when exactly the budget is lost, and grows with what is lost', () => {
    fc.assert(
      fc.property(target, fc.integer({ min: 1, max: 10_000 }), (goal, measured) => {
        close(burnRate({ measured, good: measured * goal }, goal)!, 1);
        const worse = burnRate({ measured, good: (measured * goal) / 2 }, goal)!;
        expect(worse).toBeGreaterThan(1);
      }),
    );
  });

  it('over the long window times its length is the share of the budget that is gone', () => {
    const [fast, slow] = BURN_POLICIES;
    const month = 30 * 24 * 60;
    expect((fast!.factor * fast!.longMinutes) / month).toBeCloseTo(0.02, 9);
    expect((slow!.factor * slow!.longMinutes) / month).toBeCloseTo(0.05, 9);
    for (const one of BURN_POLICIES) expect(one.longMinutes).toBe(one.shortMinutes * 12);
  });

  it('alerts when both windows exceed the factor, not when one does', () => {
    const [fast] = BURN_POLICIES;
    expect(isBurning(fast!, 14.5, 14.5)).toBe(true);
    expect(isBurning(fast!, 14.5, 14.4)).toBe(false);
    expect(isBurning(fast!, 14.4, 100)).toBe(false);
    expect(isBurning(fast!, 100, null)).toBe(false);
  });
});

it('a product that burns or has little left is at risk; what has been measured for less than an hour is not judged', () => {
  const word = (measured: number, good: number, isOn = false) =>
    standingOf(budgetOf({ measured, good }, 0.99), measured, isOn);
  expect(word(1000, 999.5)).toBe('met');
  expect(word(1000, 999.5, true)).toBe('at_risk');
  expect(word(1000, 992)).toBe('at_risk');
  expect(word(1000, 980)).toBe('missed');
  expect(word(0, 0)).toBe('early');
  expect(word(59, 30)).toBe('early');
  expect(word(59, 30, true)).toBe('at_risk');
  expect(word(60, 59)).toBe('missed');
});
