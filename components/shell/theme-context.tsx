'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { type Theme, themeAttribute, themeCookieText } from './theme';

interface ThemeValue {
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

const ThemeContext = createContext<ThemeValue | null>(null);

export function useTheme(): ThemeValue {
  const value = useContext(ThemeContext);
  if (!value) throw new Error('useTheme needs the ThemeProvider of components/shell/providers');
  return value;
}

/** The server writes `data-theme` from the cookie, so that no page is painted in the wrong theme. */
export function ThemeProvider({ initial, children }: { initial: Theme; children: ReactNode }) {
  const [theme, setState] = useState(initial);
  function setTheme(next: Theme) {
    const attribute = themeAttribute(next);
    const root = document.documentElement;
    if (attribute) root.dataset.theme = attribute;
    else delete root.dataset.theme;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = themeCookieText(next);
    setState(next);
  }
  return <ThemeContext value={{ theme, setTheme }}>{children}</ThemeContext>;
}
