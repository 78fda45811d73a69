import { expect, it } from 'vitest';
import {
  CHECKS_OF_A_FIGURE,
  COLUMNS_SETTING,
  rulesOfDocument,
} from '@/lib/products/rules-of-document';
import { listChecks } from './checks/list';
import { CHECKS } from './checks/registry';
import { compileRule } from './compile';

it('documents know which checks list columns, and which are about a figure', () => {
  const listing = listChecks().flatMap(({ id, settings }) => {
    const { properties = {} } = settings as { properties?: Record<string, { type?: string }> };
    const key = ['columns', 'names'].find((one) => properties[one]?.type === 'array');
    return key && id !== 'sql' ? [[id, key]] : [];
  });
  expect(Object.fromEntries(listing)).toEqual(COLUMNS_SETTING);
  for (const id of CHECKS_OF_A_FIGURE) expect(Object.keys(CHECKS)).toContain(id);
});

it('a rule of a document with threshold, enforcement and columns is run as it says', () => {
  const columns = new Map([
    ['id', 'integer'],
    ['day', 'date'],
  ] as const);
  const compiled = (rule: Parameters<typeof rulesOfDocument>[0]) =>
    rulesOfDocument(rule, 0).map((one) =>
      compileRule({ ...one, column: one.column ?? null }, columns),
    );
  expect(
    compiled({
      check: 'not_null',
      columns: ['id', 'day'],
      threshold: '95%',
      enforcement: 'warning',
    }),
  ).toMatchObject([
    { threshold: { mustBeLessOrEqualTo: 5, unit: 'percent' }, enforcement: 'warning' },
    { threshold: { mustBeLessOrEqualTo: 5, unit: 'percent' }, enforcement: 'warning' },
  ]);
  expect(compiled({ check: 'unique', columns: ['id', 'day'] })).toMatchObject([
    { compiled: { kind: 'unique', columns: ['"id"', '"day"'] } },
  ]);
  expect(compiled({ check: 'row_count', threshold: '>= 1000' })).toMatchObject([
    { threshold: { mustBeGreaterOrEqualTo: 1000 } },
  ]);
  expect(compiled({ check: 'freshness', column: 'day', threshold: '< 1 day' })).toMatchObject([
    { threshold: { mustBeLessOrEqualTo: 24 } },
  ]);
});
