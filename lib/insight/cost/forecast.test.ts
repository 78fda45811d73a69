import { describe, expect, it } from 'vitest';
import { forecastOf } from './forecast';

const DAY = 86_400_000;
const TODAY = new Date('2026-03-11T15:00:00Z');
/** The last so many whole days before today, the cost of each by how long it is ago. */
const days = (count: number, cost: (ago: number) => number | null) =>
  Array.from({ length: count }, (_, at) => {
    const ago = count - at;
    const time = Date.parse('2026-03-11T00:00:00Z') - ago * DAY;
    return { at: new Date(time).toISOString(), value: cost(ago), sample: 1 };
  });

describe('what the month comes to', () => {
  it('is what is over, and the mean of fourteen whole days for each that is left', () => {
    // Ten days of March at 2, four of February at 9: the mean is 4; 21 days are left.
    const found = forecastOf(
      days(30, (ago) => (ago <= 10 ? 2 : 9)),
      TODAY,
    );
    expect(found).toEqual({
      ...{ value: 20 + 21 * 4, least: 20 + 21 * 2, most: 20 + 21 * 9 },
      ...{ daysOver: 10, soFar: 20, daysLeft: 21 },
    });
  });

  it('is not told while one of its days is unknown', () => {
    expect(
      forecastOf(
        days(30, (ago) => (ago > 12 ? null : 1)),
        TODAY,
      ),
    ).toEqual({
      ...{ needed: 14, known: 12 },
    });
    const late = new Date('2026-03-31T01:00:00Z');
    expect(forecastOf([], late)).toEqual({ needed: 30, known: 0 });
  });

  it('does not take today for a whole day', () => {
    const today = { at: '2026-03-11T00:00:00.000Z', value: 1000, sample: 1 };
    expect(forecastOf([...days(14, () => 1), today], TODAY)).toMatchObject({ value: 31 });
  });
});
