import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isTimeZone, nextAt, type When } from './when';

const week = (day: number, hour: number, timeZone: string): When => ({
  every: 'week',
  ...{ day, hour, timeZone },
});
const month = (day: number, hour: number, timeZone: string): When => ({
  every: 'month',
  ...{ day, hour, timeZone },
});

it.each([
  // A Sunday; Mondays at eight.
  [week(1, 8, 'UTC'), '2026-03-15T12:00:00Z', '2026-03-16T08:00:00.000Z'],
  [week(1, 8, 'UTC'), '2026-03-16T08:00:00Z', '2026-03-23T08:00:00.000Z'],
  [week(7, 23, 'UTC'), '2026-03-15T12:00:00Z', '2026-03-15T23:00:00.000Z'],
  // Summer time begins on 29 March in Berlin: the wall's clock stays.
  [week(1, 8, 'Europe/Berlin'), '2026-03-23T07:00:00Z', '2026-03-30T06:00:00.000Z'],
  [week(1, 8, 'Europe/Berlin'), '2026-03-22T07:00:00Z', '2026-03-23T07:00:00.000Z'],
  // Two o'clock does not exist on that Sunday: three is shown then.
  [week(7, 2, 'Europe/Berlin'), '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
  // Already Monday in Auckland.
  [week(1, 9, 'Pacific/Auckland'), '2026-06-14T20:00:00Z', '2026-06-14T21:00:00.000Z'],
  [week(1, 0, 'America/Los_Angeles'), '2026-06-15T06:59:59Z', '2026-06-15T07:00:00.000Z'],
  [month(1, 8, 'Asia/Kolkata'), '2026-01-31T20:00:00Z', '2026-02-01T02:30:00.000Z'],
  [month(28, 0, 'UTC'), '2026-02-28T00:00:00Z', '2026-03-28T00:00:00.000Z'],
  [month(1, 0, 'UTC'), '2026-12-15T00:00:00Z', '2027-01-01T00:00:00.000Z'],
])('%o after %s is %s', (when, after, expected) => {
  expect(nextAt(when, new Date(after)).toISOString()).toBe(expected);
});

it('always comes, on its day and at its hour, within a period and some hours', () => {
  const zones = [
    'UTC',
    'Europe/Lisbon',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom('week' as const, 'month' as const),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 4, max: 23 }),
      fc.constantFrom(...zones),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
      (every, day, hour, timeZone, after) => {
        const at = nextAt({ every, day, hour, timeZone }, after);
        const most = (every === 'week' ? 7 : 31) * 86_400_000 + 3_600_000;
        expect(at.getTime() - after.getTime()).toBeGreaterThan(0);
        expect(at.getTime() - after.getTime()).toBeLessThanOrEqual(most);
        const shown = new Intl.DateTimeFormat('en', {
          ...{ timeZone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric', day: 'numeric' },
          weekday: 'short',
        }).formatToParts(at);
        const of = (type: string) => shown.find((part) => part.type === type)?.value;
        expect([Number(of('hour')), Number(of('minute'))]).toEqual([hour, 0]);
        const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
        expect(every === 'week' ? days.indexOf(of('weekday')!) + 1 : Number(of('day'))).toBe(day);
      },
    ),
  );
});

it('knows time zones', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
