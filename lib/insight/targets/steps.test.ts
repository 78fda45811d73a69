import { expect, it } from 'vitest';
import { stepsOf } from './steps';

const day = (n: number) => new Date(Date.UTC(2026, 2, n));
const period = { from: day(10), to: day(20) };
const own = (n: number, value: number | null) => ({ at: day(n), isOwn: true, value });
const mesh = (n: number, value: number | null) => ({ at: day(n), isOwn: false, value });
const told = (changes: Parameters<typeof stepsOf>[0]) =>
  stepsOf(changes, period).map(({ at, value }) => [Number(at.slice(8, 10)), value]);

it('a target holds from the period’s begin or from the moment it was set', () => {
  expect(told([mesh(1, 90), mesh(5, 95), mesh(15, 99)])).toEqual([
    [10, 95],
    [15, 99],
  ]);
  expect(told([])).toEqual([]);
  expect(told([mesh(12, 90), mesh(18, null)])).toEqual([
    [12, 90],
    [18, null],
  ]);
});

it('a domain’s own stands before the mesh’s until it is taken away', () => {
  expect(told([mesh(1, 90), own(2, 80), mesh(12, 99), own(15, null)])).toEqual([
    [10, 80],
    [15, 99],
  ]);
});

it('nothing is said of what came after the period, or of what was taken away before it', () => {
  expect(told([mesh(1, 90), mesh(2, null)])).toEqual([]);
  expect(told([mesh(25, 90)])).toEqual([]);
});
