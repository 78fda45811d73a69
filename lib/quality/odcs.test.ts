import { describe, expect, it } from 'vitest';
import { ruleProblem } from './compile';
import { constraintsOfOdcs, ruleOfOdcs } from './odcs';

/** Placeholders of the standard, which look like those of a template. */
const D = '$';
const columns = new Set(['id', 'mail']);
const at = (column: string | null) => ({ table: 'orders', column });

describe('quality items of the Open Data Contract Standard', () => {
  it('become rules that run', () => {
    const items: [object, string | null, string, object][] = [
      [{ metric: 'nullValues', mustBe: 0 }, 'id', 'not_null', {}],
      [{ rule: 'nullCheck', mustBe: 0 }, 'id', 'not_null', {}],
      [
        {
          type: 'library',
          metric: 'missingValues',
          arguments: { missingValues: [null, 'N/A'] },
          mustBe: 0,
        },
        'id',
        'missing_values',
        { missing: [null, 'N/A'] },
      ],
      [
        {
          metric: 'invalidValues',
          arguments: { validValues: ['a'] },
          mustBeLessThan: 5,
          unit: 'percent',
        },
        'mail',
        'accepted_values',
        { values: ['a'], threshold: { mustBeLessThan: 5, unit: 'percent', of: 'all' } },
      ],
      [
        { metric: 'invalidValues', arguments: { pattern: '^x' }, mustBe: 0, severity: 'warning' },
        'mail',
        'pattern',
        { pattern: '^x', enforcement: 'warning' },
      ],
      [
        { metric: 'duplicateValues', arguments: { properties: ['orders.id', 'mail'] }, mustBe: 0 },
        null,
        'unique',
        { columns: ['id', 'mail'] },
      ],
      [
        { metric: 'rowCount', mustBeBetween: [1, 9] },
        null,
        'row_count',
        { threshold: { mustBeBetween: [1, 9], unit: 'rows', of: 'all' } },
      ],
      [
        {
          type: 'sql',
          query: `select count(*) from ${D}{schema}.{table} where ${D}{column} is null`,
          mustBe: 0,
        },
        'id',
        'sql',
        { sql: 'select count(*) from data where "id" is null', names: ['orders'] },
      ],
    ];
    for (const [item, column, check, config] of items) {
      const mapped = ruleOfOdcs(item as Record<string, unknown>, at(column));
      if ('reason' in mapped) throw new Error(mapped.reason);
      expect(mapped.rule).toMatchObject({ check, config });
      expect(ruleProblem(mapped.rule, columns)).toBeNull();
    }
  });

  it('are refused with the reason', () => {
    const refused: [object, RegExp][] = [
      [{ type: 'text', description: 'All is well.' }, /for people/],
      [{ type: 'custom', engine: 'soda', implementation: '' }, /soda/],
      [{ metric: 'nullValues' }, /when it is met/],
      [{ metric: 'nullValues', mustBe: 'none' }, /mustBe/],
      [{ metric: 'guessed', mustBe: 0 }, /not a metric/],
      [{ metric: 'invalidValues', mustBe: 0 }, /what is valid/],
      [{ metric: 'rowCount', mustBe: 3, unit: 'percent' }, /percentage/],
      [{ metric: 'nullValues', mustBe: 3, unit: 'days' }, /days/],
      [{ type: 'sql', mustBe: 0 }, /no query/],
      [{ type: 'sql', query: `select ${D}{limit}`, mustBe: 0 }, /placeholder/],
    ];
    for (const [item, reason] of refused) {
      const mapped = ruleOfOdcs(item as Record<string, unknown>, at('id'));
      expect('reason' in mapped && mapped.reason).toMatch(reason);
    }
  });

  it('and what the schema demands of every value are rules as well', () => {
    const rules = constraintsOfOdcs({
      name: 'id',
      required: true,
      unique: true,
      logicalTypeOptions: { minimum: 1, exclusiveMaximum: 9, maxLength: 5, pattern: '^a' },
    });
    expect(rules.map(({ check }) => check)).toEqual([
      'not_null',
      'unique',
      'range',
      'length',
      'pattern',
    ]);
    expect(rules[2]?.config).toEqual({ min: 1, isMinStrict: false, max: 9, isMaxStrict: true });
    for (const rule of rules) expect(ruleProblem(rule, columns)).toBeNull();
  });
});
