import { expect, it } from 'vitest';
import { askedText, beforeText, bucketText, daysText, periodText } from './period-words';

const period = (changes: object = {}) => ({
  ...{ range: '7d', compare: 'previous', bucket: 'day' },
  ...{ from: '2026-03-09T00:00:00.000Z', to: '2026-03-16T00:00:00.000Z' },
  ...{ previousFrom: '2026-03-02T00:00:00.000Z', previousTo: '2026-03-09T00:00:00.000Z' },
  ...changes,
});

it('says days with the last of them in it', () => {
  expect(daysText('2026-03-09T00:00:00Z', '2026-03-16T00:00:00Z')).toBe(
    'Mar 9, 2026 – Mar 15, 2026',
  );
  expect(daysText('2026-03-09T00:00:00Z', '2026-03-10T00:00:00Z')).toBe('Mar 9, 2026');
});

it('says which days were asked for', () => {
  expect(askedText({ range: '90d' })).toBe('90 days');
  expect(askedText({ range: '30d', from: '2026-03-09', to: '2026-03-15' })).toBe(
    'Mar 9, 2026 – Mar 15, 2026',
  );
});

it('says what a period is compared with', () => {
  expect(beforeText(period())).toBe('the 7 days before');
  expect(beforeText(period({ compare: 'year' }))).toBe('a year before');
  expect(beforeText(period({ compare: 'none' }))).toBeNull();
  expect(periodText(period())).toBe(
    'Mar 9, 2026 – Mar 15, 2026 (UTC), beside Mar 2, 2026 – Mar 8, 2026',
  );
  expect(periodText(period({ compare: 'none' }))).toBe('Mar 9, 2026 – Mar 15, 2026 (UTC)');
});

it('says buckets by their first day', () => {
  const at = '2026-03-09T00:00:00Z';
  expect(['day', 'week', 'month'].map((one) => bucketText(at, one))).toEqual([
    ...['Mar 9', 'from Mar 9', 'Mar 2026'],
  ]);
});
