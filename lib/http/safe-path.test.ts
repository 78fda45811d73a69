import { expect, it } from 'vitest';
import { safePath, signInHref } from './safe-path';

it('stays on this site', () => {
  expect(safePath('/catalog?q=a%20b&_rsc=1x')).toBe('/catalog?q=a+b');
  const bad = [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:1',
    '',
    null,
  ];
  for (const path of [...bad, '/\t/evil.example', 'catalog']) expect(safePath(path)).toBe('/');
  expect(signInHref('/domains/sales')).toBe('/signin?callbackUrl=%2Fdomains%2Fsales');
  expect(signInHref(null)).toBe('/signin');
});
