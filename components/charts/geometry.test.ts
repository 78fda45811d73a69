import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, groupMarks, stepLines, ticksOf, valueAt } from './geometry';

describe('the axis', () => {
  it('begins at zero, or below where figures do, and ends at a round number', () => {
    expect(axisOf([3, 17, null], 'whole')).toEqual([0, 20]);
    expect(axisOf([0, 0], 'whole')).toEqual([0, 1]);
    expect(axisOf([-120, 80], 'share')).toEqual([-150, 100]);
    expect(axisOf([-40, -5], 'share')).toEqual([-40, 0]);
    expect(axisOf([null], 'share')).toEqual([0, 1]);
    expect(axisOf([20, 60], 'share')).toEqual([0, 60]);
  });

  it('counts whole things by whole numbers', () => {
    expect(ticksOf([0, 1], 'whole')).toEqual([0, 1]);
    expect(ticksOf(axisOf([3], 'whole'), 'whole')).toEqual([0, 1, 2, 3]);
    expect(ticksOf([0, 1], 'other')).toEqual([0, 0.5, 1]);
  });

  it('comes close to shares that are all high, so that a loss shows', () => {
    expect(axisOf([99.95, 100], 'share')).toEqual([99.85, 100]);
    expect(axisOf([80, 100], 'share')).toEqual([70, 100]);
    expect(axisOf([100, 100], 'share')).toEqual([0, 100]);
    expect(axisOf([90, 150], 'share')[1]).toBeGreaterThanOrEqual(150);
  });

  it('holds every value, with a few round marks within it', () => {
    const value = fc
      .double({ min: -1e9, max: 1e9, noNaN: true })
      .map((one) => Math.round(one * 100) / 100);
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1 }),
        fc.constantFrom('whole' as const, 'share' as const, 'other' as const),
        (values, measure) => {
          const [low, high] = axisOf(values, measure);
          const slack = (high - low) * 1e-9;
          expect(low).toBeLessThan(high);
          for (const one of values) {
            expect(one).toBeGreaterThanOrEqual(low - slack);
            expect(one).toBeLessThanOrEqual(high + slack);
          }
          const ticks = ticksOf([low, high], measure);
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(7);
          expect(ticks.every((one) => one >= low - slack && one <= high + slack)).toBe(true);
        },
      ),
    );
  });
});

const day = (n: number) => new Date(Date.UTC(2026, 2, n)).toISOString();
const ms = (n: number) => Date.parse(day(n));

describe('targets', () => {
  const steps = [
    { at: day(1), value: 90 },
    { at: day(5), value: 95 },
    { at: day(8), value: null },
  ];
  it('are drawn as steps, and as nothing where there is none', () => {
    expect(stepLines(steps, ms(10))).toEqual([
      [
        { x: ms(1), y: 90 },
        { x: ms(5), y: 90 },
      ],
      [
        { x: ms(5), y: 90 },
        { x: ms(5), y: 95 },
      ],
      [
        { x: ms(5), y: 95 },
        { x: ms(8), y: 95 },
      ],
    ]);
    expect(stepLines(steps.slice(0, 1), ms(10))).toEqual([
      [
        { x: ms(1), y: 90 },
        { x: ms(10), y: 90 },
      ],
    ]);
  });
  it('hold from a moment to the next', () => {
    expect([0, 1, 4, 5, 9].map((n) => valueAt(steps, ms(n)))).toEqual([null, 90, 90, 95, null]);
  });
});

it('what happened in one bucket is one mark a kind', () => {
  const marks = [
    { kind: 'release', at: day(2) },
    { kind: 'release', at: day(9) },
    { kind: 'incident', at: day(9) },
    { kind: 'release', at: day(10) },
  ];
  const groups = groupMarks(marks, [day(1), day(8)]);
  expect(groups.map(({ kind, at, all }) => [kind, at, all.length])).toEqual([
    ['release', day(2), 1],
    ['release', day(9), 2],
    ['incident', day(9), 1],
  ]);
});
