import { describe, expect, it } from 'vitest';
import { CHECK_NAMES } from '@/lib/quality/checks/list';
import { CHECK_FORMS, EMPTY_RULE, type RuleForm, ruleOf } from './rule-form';

const COLUMNS = [
  { name: 'ship', type: 'string' },
  { name: 'cargo', type: 'double' },
  { name: 'seen', type: 'timestamp' },
] as const;
const typed = (form: Partial<RuleForm>, taken: string[] = []) =>
  ruleOf({ ...EMPTY_RULE, ...form }, COLUMNS, taken);

describe('a rule that somebody types', () => {
  it('may be of every check', () => {
    expect(CHECK_FORMS.map(({ id }) => id).sort()).toEqual([...CHECK_NAMES].sort());
  });

  it('has the name and the dimension of its check unless it is given others', () => {
    expect(typed({ column: 'cargo' })).toEqual({
      rule: {
        name: 'cargo never empty',
        check: 'not_null',
        dimension: 'completeness',
        column: 'cargo',
        config: {},
      },
      says: 'cargo has a value in every row',
    });
    expect(
      typed({ column: 'cargo', name: ' Loaded ', dimension: 'accuracy', enforcement: 'warning' }),
    ).toMatchObject({
      rule: { name: 'Loaded', dimension: 'accuracy', config: { enforcement: 'warning' } },
    });
  });

  it('never takes the name of another', () => {
    expect(typed({ column: 'ship' }, ['ship never empty'])).toMatchObject({
      rule: { name: 'ship never empty 2' },
    });
    expect(typed({ column: 'ship', name: 'Known' }, ['Known'])).toEqual({
      problem: 'There is a rule called "Known" already.',
    });
  });

  it('takes settings of the check, and a tolerance', () => {
    expect(
      typed({ check: 'unique', texts: { columns: 'ship, seen' }, tolerance: '2' }),
    ).toMatchObject({
      rule: {
        config: {
          columns: ['ship', 'seen'],
          threshold: { mustBeLessOrEqualTo: 2, unit: 'percent' },
        },
      },
    });
    expect(typed({ check: 'sql', texts: { sql: 'select count(*) from data' } })).toHaveProperty(
      'rule',
    );
  });

  it.each<[Partial<RuleForm>, RegExp]>([
    [{}, /Choose a column/],
    [{ check: 'range', column: 'cargo' }, /Give min, max or both/],
    [{ check: 'range', column: 'cargo', texts: { min: 'many' } }, /no number/],
    [{ column: 'cargo', tolerance: '200' }, /from 0 to 100/],
    [{ check: 'unique', texts: { columns: 'ship, captain' } }, /captain/],
    [{ check: 'statistic', column: 'cargo', texts: {} }, /settings/],
  ])('%j is told what is wrong', (form, problem) => {
    expect(typed(form)).toEqual({ problem: expect.stringMatching(problem) });
  });
});
