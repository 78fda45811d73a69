import { describe, expect, it } from 'vitest';
import { rulesOfDocument } from './rules-of-document';

const configOf = (rule: object) =>
  rulesOfDocument({ check: 'not_null', column: 'city', ...rule }, 0)[0]?.config;

describe('a rule of a DataProduct document', () => {
  it.each<[string | number, object]>([
    ['95%', { mustBeLessOrEqualTo: 5, unit: 'percent' }],
    [98.1, { mustBeLessOrEqualTo: 1.9, unit: 'percent' }],
    ['> 99.9%', { mustBeLessThan: 0.1, unit: 'percent' }],
    ['< 5%', { mustBeLessThan: 5, unit: 'percent' }],
    ['= 100%', { mustBe: 0, unit: 'percent' }],
    ['<= 10', { mustBeLessOrEqualTo: 10 }],
  ])('with threshold %s of rows', (threshold, expected) => {
    expect(configOf({ threshold })).toEqual({ threshold: expected });
  });

  it('has a threshold of its figure, or an age', () => {
    expect(configOf({ check: 'row_count', threshold: '>= 1000' })).toEqual({
      threshold: { mustBeGreaterOrEqualTo: 1000 },
    });
    expect(configOf({ check: 'row_count', threshold: 50 })).toEqual({
      threshold: { mustBeGreaterOrEqualTo: 50 },
    });
    expect(configOf({ check: 'freshness', threshold: '< 1 day' })).toEqual({ maxAge: '1_day' });
  });

  it('has an enforcement, and its own params before all', () => {
    const rule = { enforcement: 'warning', threshold: '95%' } as const;
    expect(configOf({ ...rule, params: { threshold: { mustBe: 0 }, x: 1 } })).toEqual({
      ...{ enforcement: 'warning', threshold: { mustBe: 0 }, x: 1 },
    });
  });

  it('over columns is one rule where the check takes several, else one for each', () => {
    const columns = ['id', 'day'];
    expect(rulesOfDocument({ check: 'unique', columns, metric: 'uniqueness' }, 2)).toEqual([
      {
        ...{ name: 'unique 3', check: 'unique', dimension: 'uniqueness', reason: '' },
        config: { columns },
      },
    ]);
    const each = rulesOfDocument({ name: 'There', check: 'not_null', columns }, 0);
    expect(each.map(({ name, column }) => [name, column])).toEqual([
      ['There (id)', 'id'],
      ['There (day)', 'day'],
    ]);
    expect(rulesOfDocument({ check: 'not_null', columns: ['id'] }, 0)).toMatchObject([
      { name: 'not_null 1', column: 'id', config: {} },
    ]);
  });
});
