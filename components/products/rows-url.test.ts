import { expect, it } from 'vitest';
import { parseRowsQuery } from '@/lib/serving/parse-query';
import type { SchemaField } from '@/lib/specs';
import { apiSamples, sampleUrl } from './api-samples';
import { rowsQuery } from './rows-url';

const FIELDS: SchemaField[] = [
  { name: 'select', type: 'string' },
  { name: 'a, "b".c\\', type: 'integer' },
  { name: 'ordinary', type: 'string' },
];
const COLUMNS = new Map(FIELDS.map((field) => [field.name, field]));

it('writes requests that the API reads back, whatever the columns are called', () => {
  const query = rowsQuery({
    columns: FIELDS.map((field) => field.name),
    filters: [
      { column: 'select', operator: 'eq', value: 'x&y=z' },
      { column: 'a, "b".c\\', operator: 'not.is', value: '' },
    ],
    order: { column: 'a, "b".c\\', isDescending: true },
  });
  const read = parseRowsQuery(query, 'json', COLUMNS);
  expect(read.select).toEqual(FIELDS);
  expect(read.filters.map(({ any }) => any[0]!.column)).toEqual(['select', 'a, "b".c\\']);
  expect(read.filters[0]!.any[0]!.values[0]!.text).toBe('x&y=z');
  expect(read.order).toEqual([{ column: 'a, "b".c\\', isDescending: true, isNullsFirst: false }]);
});

it('shows samples whose address the API reads', () => {
  const url = sampleUrl('http://localhost:3000', 'sales/orders', [...COLUMNS.keys()]);
  const { search } = new URL(url);
  expect(parseRowsQuery(search.slice(1), 'json', COLUMNS)).toMatchObject({ limit: 5 });
  for (const { code } of apiSamples(url)) expect(code).toContain('PORTOLAN_TOKEN');
});
