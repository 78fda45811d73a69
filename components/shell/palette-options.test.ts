import { expect, it } from 'vitest';
import { paletteOptions, readRecent, withRecent } from './palette-options';

const titles = (typed: string, more: Partial<Parameters<typeof paletteOptions>[0]> = {}) =>
  paletteOptions({ typed, nav: {}, recent: [], found: [], ...more }).map(({ title }) => title);

it('offers the last choices and the pages before anything is typed', () => {
  const recent = [{ title: 'US flights', href: '/products/operations/flights' }];
  const shown = titles('', { recent, nav: { audit: false } });
  expect(shown.slice(0, 2)).toEqual(['US flights', 'Home']);
  expect(shown).toContain('Catalogue');
  expect(shown).not.toContain('Audit');
});

it('finds pages by their words and by others that people use', () => {
  expect(titles('api tok')).toEqual(['API tokens', 'Search the catalogue for “api tok”']);
  expect(titles('create')[0]).toBe('New product');
  expect(titles('log', { nav: { audit: false } })).toEqual(['Search the catalogue for “log”']);
});

it('finds pages that another page leads to, for whoever sees that one', () => {
  expect(titles('domain m')[0]).toBe('Domain map');
  expect(titles('score')[0]).toBe('Scorecards');
  expect(titles('')).not.toContain('Domain map');
  expect(titles('domain m', { nav: { catalogue: false } })).not.toContain('Domain map');
});

it('keeps five choices, each once, the newest first', () => {
  let recent = withRecent([], { title: 'A', href: '/a' });
  for (const name of ['b', 'c', 'd', 'e', 'f', 'c']) {
    recent = withRecent(recent, { title: name, href: `/${name}` });
  }
  expect(recent.map(({ href }) => href)).toEqual(['/c', '/f', '/e', '/d', '/b']);
});

it('reads only what is a path of the portal', () => {
  const kept = [{ title: 'A', href: '/a' }, { title: 'B', href: '//elsewhere.example' }, 7, null];
  expect(readRecent(JSON.stringify(kept))).toEqual([{ title: 'A', href: '/a' }]);
  expect(readRecent('{')).toEqual([]);
  expect(readRecent('7')).toEqual([]);
  expect(readRecent(null)).toEqual([]);
});
