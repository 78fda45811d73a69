import { expect, it } from 'vitest';
import { hrefToggling, hrefWith } from './href';

it('sets, keeps and removes parameters, and goes back to the first page', () => {
  const query = { q: 'rail & sea', tag: ['a', 'b'], after: 'xyz' };
  expect(hrefWith('/catalog', query, { q: null })).toBe('/catalog?tag=a&tag=b');
  expect(hrefWith('/catalog', query, { after: 'next' })).toBe(
    '/catalog?q=rail+%26+sea&tag=a&tag=b&after=next',
  );
  expect(hrefWith('/catalog', {}, { q: '' })).toBe('/catalog');
});

it('toggles one value of a list', () => {
  expect(hrefToggling('/c', { d: 'x' }, 'd', 'y')).toBe('/c?d=x&d=y');
  expect(hrefToggling('/c', { d: ['x', 'y'] }, 'd', 'x')).toBe('/c?d=y');
  expect(hrefToggling('/c', { d: 'x' }, 'd', 'x')).toBe('/c');
});
