import { expect, it } from 'vitest';
import { ruleFacts } from '@/lib/governance';
import { celOptions } from './cel-editor';

const facts = ruleFacts();
it.each([
  ['', 'columns'],
  ['', 'has('],
  ['product.', 'classification'],
  ['product.cl', 'classification'],
  ['columns.all(c, c.', 'description'],
  ['access.exists(a, "x" in a.', 'permissions'],
  ['!has(measured.', 'rowCount'],
])('after %j it offers %s', (before, option) =>
  expect(celOptions(before, facts)).toContain(option),
);

it('offers nothing about what nobody knows', () => {
  expect(celOptions('other.', facts)).toEqual([]);
});
