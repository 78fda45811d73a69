'use client';

import { type KeyboardEvent, useState } from 'react';

interface Listbox {
  /** The option that the arrows have chosen; −1 for none. */
  active: number;
  setActive: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * The keys of a combobox (WAI-ARIA 1.2): arrows choose among `count` options, Home and End go to the first and last
 * once one is chosen, Enter takes the chosen one. The focus stays in the input.
 */
export function useListbox(count: number, onChoose: (index: number) => void, first = -1): Listbox {
  const [chosen, setActive] = useState(first);
  const active = Math.min(chosen, count - 1);
  function onKeyDown(event: KeyboardEvent) {
    if (count === 0 || event.nativeEvent.isComposing) return;
    const places = count - first;
    const moves: Record<string, number> = {
      ArrowDown: ((active - first + 1) % places) + first,
      ArrowUp: ((active - first - 1 + places) % places) + first,
      ...(active >= 0 && { Home: 0, End: count - 1 }),
    };
    const next = moves[event.key];
    if (next !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      onChoose(active);
    }
  }
  return { active, setActive, onKeyDown };
}
