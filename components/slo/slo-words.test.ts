import { describe, expect, it } from 'vitest';
import { minutesText, percentText, promiseText, thresholdText } from './slo-words';

describe('a share as a percentage', () => {
  it.each([
    [1, '100%'],
    [0.999, '99.9%'],
    [0.99999, '99.999%'],
    [0.9999996, '99.999%'],
    [0.34482, '34.4%'],
    [0.98999, '98.9%'],
    [0.5, '50%'],
    [0, '0%'],
  ])('%d is %s', (share, text) => expect(percentText(share)).toBe(text));
});

it('says times in the unit that suits them', () => {
  expect([0.25, 43.2, 90.04, 432, 14_400].map(minutesText)).toEqual([
    '15 s',
    '43.2 min',
    '90 min',
    '7.2 h',
    '10 days',
  ]);
  expect([100, 1500, 3_600_000].map(thresholdText)).toEqual(['100 ms', '1.5 s', '60 min']);
});

it('says the promise in a sentence', () => {
  const latency = {
    kind: 'latency',
    target: 0.95,
    threshold: 100,
    isInclusive: false,
    formula: null,
  } as const;
  expect(promiseText(latency)).toBe('95% of the pages of rows are answered in under 100 ms');
  expect(
    promiseText({ ...latency, kind: 'freshness', isInclusive: true, threshold: 86_400_000 }),
  ).toBe('The rows are at most 24 h old, 95% of the time');
  expect(promiseText({ ...latency, kind: 'custom', formula: 'rowCount > 1' })).toBe(
    'rowCount > 1 holds 95% of the time',
  );
});
