'use client';

import { useEffect, useState } from 'react';
import { COLOURS } from './model';

export interface Palette {
  /** `--chart-1` first. */
  domains: string[];
  line: string;
  block: string;
  edge: string;
  ink: string;
  accent: string;
  surface: string;
}

/** The theme's colours as a canvas takes them: variables are resolved by an element that wears them. */
function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span');
  host.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    domains: Array.from({ length: COLOURS }, (_, at) => colour(`chart-${at + 1}`)),
    ...{ line: colour('line-strong'), block: colour('sunken'), edge: colour('line-strong') },
    ...{ ink: colour('ink'), accent: colour('accent'), surface: colour('surface') },
  };
  probe.remove();
  return palette;
}

/** Read again when the theme or the system's preference changes. */
export function usePalette(host: HTMLElement | null): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    if (!host) return;
    const read = () => setPalette(readPalette(host));
    read();
    const system = matchMedia('(prefers-color-scheme: dark)');
    const theme = new MutationObserver(read);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    system.addEventListener('change', read);
    return () => {
      theme.disconnect();
      system.removeEventListener('change', read);
    };
  }, [host]);
  return palette;
}
