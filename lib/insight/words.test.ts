import { describe, expect, it } from 'vitest';
import type { MetricWords } from './figures/queries';
import { figureText, movedMost, tooLittle, trendOf } from './words';

const metric = (changes: Partial<MetricWords> = {}) =>
  ({
    unit: 'hours',
    direction: 'down',
    minimum: 3,
    observations: 'decisions',
    isChange: false,
    ...changes,
  }) as MetricWords;

describe('figures in words', () => {
  it('have the unit that suits them', () => {
    expect(figureText(-5e8, 'count')).toBe('-500M');
    expect(figureText(0.005, 'hours')).toBe('18 s');
    expect(figureText(0.5, 'hours')).toBe('30 min');
    expect(figureText(72, 'hours')).toBe('3 days');
    expect(figureText(1500, 'milliseconds')).toBe('1.5 s');
    expect(figureText(12_345, 'count')).toBe('12,345');
    expect(figureText(2_500_000, 'bytes')).toBe('2.5 MB');
    expect(figureText(0, 'bytes')).toBe('0 bytes');
    expect(figureText(99.123, 'percent')).toBe('99.12%');
    expect(figureText(4.5, 'stars')).toBe('4.5 of 5');
    expect(figureText(1.444, 'ratio')).toBe('1.44');
    expect(figureText(1234.567, 'EUR')).toBe('EUR\u00a01,234.57');
    expect(figureText(0.000123, 'EUR')).toBe('EUR\u00a00.00012');
    expect(figureText(0, 'USD')).toBe('USD\u00a00');
  });

  it('say whether they went the right way', () => {
    expect(trendOf({ metric: metric(), value: 2, previous: 4 })).toEqual({
      text: 'down 50% from 4 h',
      way: 'better',
    });
    const share = metric({ unit: 'percent', direction: 'up' });
    expect(trendOf({ metric: share, value: 90, previous: 95 })).toEqual({
      text: 'down 5 points from 95%',
      way: 'worse',
    });
    expect(
      trendOf({ metric: metric({ unit: 'count', direction: 'up' }), value: 3, previous: 0 }),
    ).toEqual({
      text: 'up 3 from 0',
      way: 'better',
    });
    expect(trendOf({ metric: metric(), value: 2, previous: 2 })?.way).toBe('same');
    expect(trendOf({ metric: metric(), value: 2, previous: null })).toBeNull();
  });

  it('say of amounts that less is better, and of a fall that more is', () => {
    const cost = metric({ unit: 'EUR' });
    expect(trendOf({ metric: cost, value: 3, previous: 4 })).toEqual({
      text: 'down 25% from EUR\u00a04',
      way: 'better',
    });
  });

  it('tell which moved most, and leave out what did not', () => {
    const one = (id: string, value: number | null, previous: number | null, unit = 'hours') =>
      ({ metric: metric({ id, unit: unit as MetricWords['unit'] }), value, previous }) as const;
    const found = movedMost(
      [
        one('tenth', 11, 10),
        one('still', 5, 5),
        one('halved', 5, 10),
        one('unknown', null, 10),
        one('points', 70, 90, 'percent'),
        one('first', 2, 0),
      ],
      3,
    );
    expect(found.map(({ metric: { id } }) => id)).toEqual(['first', 'halved', 'points']);
  });

  it('say what is missing', () => {
    expect(tooLittle({ metric: metric(), sample: 2 })).toBe('Too little: 2 of 3 needed');
    expect(tooLittle({ metric: metric(), sample: 0 })).toBe('No decisions yet');
    expect(tooLittle({ metric: metric({ isChange: true }), sample: 5 })).toBe(
      'Nothing before to compare with',
    );
  });
});
