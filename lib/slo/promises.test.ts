import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOpenSlo } from './openslo/check';
import { openSloOf } from './openslo/export';
import { judgeFigures, promisesOf } from './promises';
import type { ProductSlo } from './queries';
import { DAY_MS, WINDOW_NAMES, WINDOWS, windowStart } from './windows';

const SPEC = { availability: '99.9%', latency: '< 100ms', freshness: '<= 1 hour' };

describe('what a contract promises', () => {
  it('is read as shares and milliseconds', () => {
    expect(promisesOf({ ...SPEC, completeness: '98%' })).toEqual([
      { key: 'availability', target: 0.999, threshold: null, isInclusive: true },
      { key: 'latency', target: null, threshold: 100, isInclusive: false },
      { key: 'freshness', target: null, threshold: 3_600_000, isInclusive: true },
      { key: 'completeness', target: 0.98, threshold: null, isInclusive: true },
    ]);
    expect(promisesOf(null)).toEqual([]);
    expect(promisesOf({ availability: 99 })).toMatchObject([{ target: 0.99 }]);
  });

  it('is compared with figures, each with its own', () => {
    const judged = judgeFigures(SPEC, { p95Ms: 100, availability: 0.9991, ageMs: 3_600_000 });
    expect(judged.map((one) => [one.objective, one.isMet])).toEqual([
      ['availability', true],
      ['latency', false],
      ['freshness', true],
    ]);
    expect(judgeFigures(SPEC, { p95Ms: 99 })).toEqual([
      { objective: 'latency', isMet: true, measured: 99, promised: 100 },
    ]);
    expect(judgeFigures(null, { p95Ms: 99 })).toEqual([]);
  });
});

describe('a window', () => {
  const moment = fc
    .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) })
    .map((ms) => new Date(ms));
  it('begins at a full hour, is never longer than it says and at most an hour shorter', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...WINDOW_NAMES), (at, name) => {
        const start = windowStart(name, at);
        const { days } = WINDOWS[name];
        expect(start.getTime() % 3_600_000).toBe(0);
        expect(start.getTime()).toBeLessThanOrEqual(at.getTime());
        if (days !== null) {
          const length = at.getTime() - start.getTime();
          expect(length).toBeLessThanOrEqual(days * DAY_MS);
          expect(length).toBeGreaterThan(days * DAY_MS - 3_600_000);
        } else {
          // The calendar window of its own beginning is itself, and the instant before belongs to another.
          expect(windowStart(name, start)).toEqual(start);
          expect(windowStart(name, new Date(start.getTime() - 1)).getTime()).toBeLessThan(
            start.getTime(),
          );
        }
      }),
    );
  });

  it('of the calendar is the week from Monday, the month, the quarter', () => {
    const at = new Date('2026-11-25T15:30:00Z');
    const day = (name: (typeof WINDOW_NAMES)[number]) =>
      windowStart(name, at).toISOString().slice(0, 10);
    expect(day('calendar_week')).toBe('2026-11-23');
    expect(day('calendar_month')).toBe('2026-11-01');
    expect(day('calendar_quarter')).toBe('2026-10-01');
  });
});

describe('the OpenSLO export', () => {
  const objective = (key: string, window: (typeof WINDOW_NAMES)[number], target: number) =>
    ({
      key,
      kind: 'availability',
      title: key,
      target,
      threshold: null,
      formula: null,
      window: { name: window },
    }) as never;
  const slo = {
    product: 'sales/customer-data-product-with-a-name-that-is-really-very-long-indeed',
    title: 'Customers',
    description: 'Who buys',
    objectives: [
      ...WINDOW_NAMES.map((name, index) => objective(`o-${index}`, name, 0.999)),
      objective('always', '30_days', 1),
      objective('snake_case', '30_days', 0.1 + 0.2),
    ],
  } as unknown as ProductSlo;

  it('is valid, whole and without a warning', () => {
    expect(checkOpenSlo(openSloOf(slo, 'https://portolan.example'), { isWhole: true })).toEqual([]);
  });

  it('is refused where it is broken, at the place', () => {
    const broken = structuredClone(openSloOf(slo, 'https://portolan.example')) as Record<
      string,
      never
    >[];
    const at = broken.findIndex(({ kind }) => kind === 'AlertPolicy');
    (broken[at] as never as { spec: { conditions: unknown[] } }).spec.conditions = [
      { conditionRef: 'nothing' },
    ];
    expect(checkOpenSlo(broken, { isWhole: true })).toEqual([
      {
        path: `[${at}].spec.conditions[0].conditionRef`,
        severity: 'error',
        message: 'There is no AlertCondition nothing here.',
      },
    ]);
    expect(
      checkOpenSlo({ apiVersion: 'openslo/v1', kind: 'SLO', metadata: { name: 'a' }, spec: {} }),
    ).toEqual([
      { path: 'spec.service', severity: 'error', message: 'Name the service' },
      { path: 'spec.indicator', severity: 'error', message: 'Give one indicator' },
    ]);
    for (const value of [null, 3, 'text', [], [null], { kind: 'SLO' }]) {
      expect(checkOpenSlo(value)[0]?.severity).toBe('error');
    }
  });
});
