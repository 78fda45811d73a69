import { expect, it } from 'vitest';
import { scoreOf } from './score';

it('stands in the middle without a review and nears the mean with many', () => {
  expect(scoreOf(0, 0)).toBe(3);
  expect(scoreOf(1, 5)).toBeCloseTo(20 / 6);
  expect(scoreOf(1000, 5000)).toBeGreaterThan(4.98);
});

it('puts many good reviews before one perfect one, and one bad one before many', () => {
  expect(scoreOf(40, 40 * 4.5)).toBeGreaterThan(scoreOf(1, 5));
  expect(scoreOf(1, 1)).toBeGreaterThan(scoreOf(40, 40 * 1.5));
});
