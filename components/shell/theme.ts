export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'theme';
const yearSeconds = 31_536_000;

export function parseTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** The value of <html data-theme>; the system's choice needs no attribute. */
export function themeAttribute(theme: Theme): 'light' | 'dark' | undefined {
  return theme === 'system' ? undefined : theme;
}

export function readThemeCookie(cookies: string): Theme {
  const entry = cookies.split('; ').find((cookie) => cookie.startsWith(`${themeCookie}=`));
  return parseTheme(entry?.slice(themeCookie.length + 1));
}

export function themeCookieText(theme: Theme): string {
  const maxAge = theme === 'system' ? 0 : yearSeconds;
  return `${themeCookie}=${theme}; Path=/; Max-Age=${maxAge}; SameSite=Lax`;
}
