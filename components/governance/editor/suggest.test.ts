import { expect, it } from 'vitest';
import { policyJsonSchema } from '@/lib/governance';
import { type JsonSchema, pathAt, suggestionsAt } from './suggest';

const schema = policyJsonSchema() as JsonSchema;
const HEAD = 'apiVersion: v1\nkind: DataGovernancePolicy\nmetadata:\n  name: x\nspec:\n';
const labels = (before: string) => suggestionsAt(before, schema).map((one) => one.label);

it.each([
  ['', []],
  ['spec:\n  ', ['spec']],
  ['spec:\n  data_quality:\n    - ', ['spec', 'data_quality', '[]']],
  ['spec:\n  data_quality:\n    - metric: x\n      ', ['spec', 'data_quality', '[]']],
  ['spec:\n  a:\n    - b: 1\n  ', ['spec']],
  ['spec:\n  a:\n    - b:\n        c: 1\n        ', ['spec', 'a', '[]', 'b']],
])('%j ends in %j', (before, path) => expect(pathAt(before).path).toEqual(path));

it('offers the keys of where one is, and the values of a key', () => {
  expect(labels(`${HEAD}  `)).toContain('data_classification');
  expect(labels(`${HEAD}  `)).toContain('validation_rules');
  expect(labels(`${HEAD}  data_classification:\n    - `)).toEqual([
    'level',
    'description',
    'encryption',
    'retention',
    'overridable',
  ]);
  expect(
    labels(`${HEAD}  data_classification:\n    - level: internal\n      encryption: r`),
  ).toEqual(['optional', 'required']);
  expect(labels(`${HEAD}  access_control: `)).toContain('strict_role_based');
  expect(labels(`${HEAD}  nothing:\n    `)).toEqual([]);
});
