import { expect, it } from 'vitest';
import { relativeTimeText } from './relative-time-text';

const now = Date.parse('2026-03-01T12:00:00Z');
const minute = 60_000;

it.each([
  [0, 'just now'],
  [-44_000, 'just now'],
  [-46_000, '1 minute ago'],
  [-5 * minute, '5 minutes ago'],
  [2 * 60 * minute, 'in 2 hours'],
  [-24 * 60 * minute, 'yesterday'],
  [-6 * 24 * 60 * minute, '6 days ago'],
  [-8 * 24 * 60 * minute, null],
])('%d ms from now reads %s', (deltaMs, text) => {
  expect(relativeTimeText(now + deltaMs, now)).toBe(text);
});
