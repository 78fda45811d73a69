'use client';

import { useSyncExternalStore } from 'react';
import { MAX_COMPARED } from '@/lib/catalog/compare/input';

export interface Chosen {
  /** `domain/name` */
  address: string;
  title: string;
}

const KEY = 'portolan-compare';
const NONE: readonly Chosen[] = [];
const listeners = new Set<() => void>();
let kept: readonly Chosen[] | undefined;

/** What this window holds: it lasts over searches and pages, and ends with the window. */
function read(): readonly Chosen[] {
  if (kept) return kept;
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    kept = Array.isArray(found) ? found.filter(isChosen).slice(0, MAX_COMPARED) : NONE;
  } catch {
    // Whatever cannot be read, or storage that the browser refuses, is an empty choice.
    kept = NONE;
  }
  return kept;
}

const isChosen = (one: unknown): one is Chosen =>
  typeof one === 'object' && one !== null && 'address' in one && 'title' in one;

function write(next: readonly Chosen[]): void {
  kept = next;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // The choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The products that were chosen to be compared, and how to choose others. */
export function useChosen() {
  const chosen = useSyncExternalStore(subscribe, read, () => NONE);
  return {
    chosen,
    isFull: chosen.length >= MAX_COMPARED,
    toggle: (one: Chosen) => {
      const others = read().filter(({ address }) => address !== one.address);
      const isNew = others.length === read().length;
      if (!isNew || others.length < MAX_COMPARED) write(isNew ? [...others, one] : others);
    },
    clear: () => write(NONE),
  };
}
