import { expect, it } from 'vitest';
import { parseTheme, readThemeCookie, themeAttribute, themeCookieText } from './theme';

it('reads its own cookie among others and takes anything unknown for the system theme', () => {
  expect(readThemeCookie('a=1; theme=dark; b=2')).toBe('dark');
  expect(readThemeCookie('mytheme=dark')).toBe('system');
  expect(parseTheme('"><script>')).toBe('system');
  expect(themeAttribute('system')).toBeUndefined();
  expect(themeAttribute('light')).toBe('light');
});

it('forgets the cookie when the system decides', () => {
  expect(themeCookieText('system')).toContain('Max-Age=0');
  expect(themeCookieText('dark')).toContain('theme=dark');
});
