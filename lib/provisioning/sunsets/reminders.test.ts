import { describe, expect, it } from 'vitest';
import { daysTo, reminderAt } from './reminders';

const AT = new Date('2026-03-01T12:00:00Z');
const inDays = (days: number) => new Date(AT.getTime() + days * 86_400_000);

describe('reminders of a sunset', () => {
  it.each([
    [31, null],
    [30, 30],
    [8, 30],
    [7, 7],
    [1.5, 7],
    [1, 1],
    [0.01, 1],
    [0, 0],
    [-3, 0],
  ])('%d days before it is at %s', (days, reminder) => {
    expect(reminderAt(inDays(days), AT)).toBe(reminder);
  });

  it('say how long is left and until which day', () => {
    expect(daysTo(inDays(7), AT)).toBe('in 7 days, on 2026-03-08');
    expect(daysTo(inDays(0.2), AT)).toBe('in 1 day, on 2026-03-01');
  });
});
