import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareQuantities,
  DURATION_UNITS,
  durationToMs,
  meetsThreshold,
  OPERATORS,
  parseDuration,
  parsePercent,
  parseThreshold,
  printQuantity,
  type Quantity,
  shiftDate,
} from './quantities';
import { parseSchedule, printSchedule } from './schedule';

const value = fc
  .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => Number((digits / 10 ** places).toFixed(places)))
  .filter((number) => number === 0 || number >= 0.000001);
const quantity: fc.Arbitrary<Quantity> = fc
  .tuple(
    value,
    fc.constantFrom(...DURATION_UNITS, 'percent' as const, 'number' as const),
    fc.option(fc.constantFrom(...OPERATORS), { nil: undefined }),
  )
  .map(([number, unit, operator]) => ({ value: number, unit, ...(operator && { operator }) }));

describe('quantities', () => {
  it('reads what the spec writes', () => {
    expect(parsePercent('99.9%')).toEqual({ value: 99.9, unit: 'percent' });
    expect(parsePercent(99.5)).toEqual({ value: 99.5, unit: 'percent' });
    expect(parseThreshold('< 100ms')).toEqual({ value: 100, unit: 'ms', operator: '<' });
    expect(parseThreshold('< 1 hour')).toEqual({ value: 1, unit: 'hours', operator: '<' });
    expect(parseDuration('7_years')).toEqual({ value: 7, unit: 'years' });
    expect(parseDuration('1_hour')).toEqual({ value: 1, unit: 'hours' });
    expect(parseDuration('4_hours')).toEqual({ value: 4, unit: 'hours' });
    expect(parseDuration('daily')).toEqual({ value: 1, unit: 'days' });
    expect(parseDuration('hourly')).toEqual({ value: 1, unit: 'hours' });
    expect(parseThreshold(98)).toEqual({ value: 98, unit: 'number' });
    expect(parseThreshold('≥ 99.9 %')).toEqual({ value: 99.9, unit: 'percent', operator: '>=' });
  });

  it.each(['', 'fast', '5m', '-1 day', '1e9', 'NaN', '1_000 ms x', '<', '1..2', '9'.repeat(400)])(
    'refuses %j',
    (text) => {
      expect(parseThreshold(text)).toBeNull();
      expect(parseDuration(text)).toBeNull();
      expect(parsePercent(text)).toBeNull();
    },
  );

  it('refuses numbers it could not print back, and percentages out of range', () => {
    for (const raw of [Number.NaN, Number.POSITIVE_INFINITY, -1, 1e21, 1e-9]) {
      expect(parseThreshold(raw)).toBeNull();
    }
    expect(parsePercent(101)).toBeNull();
    expect(parsePercent('< 5%')).toBeNull();
    expect(parseDuration('5%')).toBeNull();
  });

  it('prints text that reads back to the same quantity', () => {
    fc.assert(
      fc.property(quantity, (one) => {
        expect(parseThreshold(printQuantity(one))).toEqual(one);
      }),
    );
    expect(printQuantity({ value: 7, unit: 'years' })).toBe('7_years');
    expect(printQuantity({ value: 1, unit: 'hours', operator: '<' })).toBe('< 1 hour');
    expect(printQuantity({ value: 100, unit: 'ms', operator: '<' })).toBe('< 100ms');
    expect(printQuantity({ value: 99.9, unit: 'percent' })).toBe('99.9%');
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        parseThreshold(text);
        parseDuration(text);
        parsePercent(text);
        parseSchedule(text);
      }),
    );
  });

  it('compares across units and only within one dimension', () => {
    const minutes: Quantity = { value: 60, unit: 'minutes' };
    expect(compareQuantities(minutes, { value: 1, unit: 'hours' })).toBe(0);
    expect(compareQuantities({ value: 12, unit: 'months' }, { value: 1, unit: 'years' })).toBe(0);
    expect(compareQuantities({ value: 3, unit: 'years' }, { value: 5, unit: 'years' })).toBe(-1);
    expect(compareQuantities(minutes, { value: 1, unit: 'percent' })).toBeNull();
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        const order = compareQuantities(a, b);
        const back = compareQuantities(b, a);
        expect(back === null ? null : back + 0).toBe(order === null ? null : 0 - order);
      }),
    );
  });

  it('measures against thresholds, with an assumed operator when none is written', () => {
    const limit: Quantity = { value: 100, unit: 'ms', operator: '<' };
    expect(meetsThreshold({ value: 99, unit: 'ms' }, limit)).toBe(true);
    expect(meetsThreshold({ value: 0.1, unit: 'seconds' }, limit)).toBe(false);
    const target: Quantity = { value: 95, unit: 'percent' };
    expect(meetsThreshold({ value: 95, unit: 'percent' }, target)).toBe(true);
    expect(meetsThreshold({ value: 96, unit: 'percent' }, target, '<=')).toBe(false);
    expect(meetsThreshold({ value: 96, unit: 'ms' }, target)).toBeNull();
  });

  it('moves dates by the calendar', () => {
    const leapDay = new Date('2024-02-29T10:00:00Z');
    const shift = (text: string, direction: 1 | -1) =>
      shiftDate(leapDay, parseDuration(text) ?? { value: 0, unit: 'ms' }, direction).toISOString();
    expect(shift('1_year', -1)).toBe('2023-02-28T10:00:00.000Z');
    expect(shift('1_month', 1)).toBe('2024-03-29T10:00:00.000Z');
    expect(shift('0.5_years', -1)).toBe('2023-08-29T10:00:00.000Z');
    expect(shift('36 hours', 1)).toBe('2024-03-01T22:00:00.000Z');
    expect(durationToMs({ value: 2, unit: 'hours' })).toBe(7_200_000);
  });
});

describe('schedules', () => {
  it.each(['hourly', 'daily', 'weekly', '4_hours', 'manual', 'real_time', '*/5 0-6 1,15 * 1-5'])(
    'keeps %j through reading and printing',
    (text) => {
      const schedule = parseSchedule(text);
      expect(schedule && printSchedule(schedule)).toBe(text);
    },
  );

  it.each(['1 second', '0_days', '60 * * * *', '* * * *', '*/0 * * * *', '5-1 * * * *', 'often'])(
    'refuses %j',
    (text) => expect(parseSchedule(text)).toBeNull(),
  );
});
