import { expect, it } from 'vitest';
import { leavesAt } from './when';

it.each([
  ['immediate', '2026-03-15T12:00:00Z', '2026-03-15T12:00:00.000Z'],
  ['daily', '2026-03-15T06:59:59Z', '2026-03-15T07:00:00.000Z'],
  ['daily', '2026-03-15T07:00:00Z', '2026-03-16T07:00:00.000Z'],
  ['daily', '2026-12-31T23:00:00Z', '2027-01-01T07:00:00.000Z'],
  // A Sunday, a Monday before and at the hour, a Tuesday.
  ['weekly', '2026-03-15T12:00:00Z', '2026-03-16T07:00:00.000Z'],
  ['weekly', '2026-03-16T06:00:00Z', '2026-03-16T07:00:00.000Z'],
  ['weekly', '2026-03-16T07:00:00Z', '2026-03-23T07:00:00.000Z'],
  ['weekly', '2026-03-17T00:00:00Z', '2026-03-23T07:00:00.000Z'],
] as const)('%s: what is told at %s leaves at %s', (every, at, leaves) => {
  expect(leavesAt(every, new Date(at)).toISOString()).toBe(leaves);
});
