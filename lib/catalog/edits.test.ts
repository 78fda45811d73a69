import { expect, it } from 'vitest';
import { editsBetween, forgiven } from './edits';

it.each([
  ['customer', 'customer', 0],
  ['custmer', 'customer', 1],
  ['fligths', 'flights', 1],
  ['maintainance', 'maintenance', 2],
  ['tech', 'team', 2],
  ['a', 'abcd', 3],
])('counts the typing errors between %s and %s', (from, to, edits) => {
  expect(editsBetween(from, to, 3)).toBe(edits);
  expect(editsBetween(to, from, 3)).toBe(edits);
});

it('stops where it is more than was asked for', () => {
  expect(editsBetween('customer', 'shipment', 2)).toBe(3);
  expect(editsBetween('a', 'customer', 2)).toBe(3);
});

it('forgives short words nothing', () => {
  expect(['tech', 'stack', 'warehouse'].map(forgiven)).toEqual([0, 1, 2]);
});
