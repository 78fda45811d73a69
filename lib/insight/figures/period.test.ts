import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf, RANGES, type Range } from './period';

const DAY = 86_400_000;

describe('periods', () => {
  it('are whole UTC days with today in them', () => {
    const { from, to, previousFrom, buckets } = periodOf('7d', new Date('2026-03-15T12:34:56Z'));
    expect(from.toISOString()).toBe('2026-03-09T00:00:00.000Z');
    expect(to.toISOString()).toBe('2026-03-16T00:00:00.000Z');
    expect(previousFrom.toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect(buckets).toHaveLength(7);
  });

  it('have buckets of weeks from Monday on, and of months', () => {
    const at = new Date('2026-03-15T12:00:00Z');
    const weeks = periodOf('90d', at).buckets;
    expect(weeks[0]!.toISOString()).toBe('2025-12-15T00:00:00.000Z');
    expect(weeks.every((one) => one.getUTCDay() === 1)).toBe(true);
    const months = periodOf('365d', at).buckets.map((one) => one.toISOString().slice(0, 7));
    expect(months).toEqual([...new Set(months)]);
    expect([months[0], months.at(-1)]).toEqual(['2025-03', '2026-03']);
  });

  it('hold every instant in one bucket', () => {
    const times = fc.date({
      min: new Date('1999-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(RANGES) as Range[])), times, (range, at) => {
        const { from, to, buckets } = periodOf(range, at);
        expect(to.getTime() - from.getTime()).toBe(RANGES[range] * DAY);
        expect(from <= at && at < to).toBe(true);
        expect(buckets[0]! <= from && buckets.at(-1)! < to).toBe(true);
        for (const [n, one] of buckets.entries())
          if (n > 0) expect(one > buckets[n - 1]!).toBe(true);
      }),
    );
  });
});
