import { expect, it } from 'vitest';
import { searchInputOf } from './search-input-of';

it('keeps what it understands of an address', () => {
  const input = searchInputOf({
    q: 'orders',
    domain: ['sales', 'hr'],
    status: 'nonsense',
    sort: 'sideways',
    after: '-3',
    other: 'x',
  });
  expect(input).toMatchObject({ q: 'orders', domain: ['sales', 'hr'] });
  expect(input.status).toBeUndefined();
  expect(input.sort).toBeUndefined();
  expect(input.after).toBeUndefined();
});
