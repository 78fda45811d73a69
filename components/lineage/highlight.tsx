'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { type Line, pathOf } from './model';

interface Highlight {
  /** Boxes on the way through the one that is pointed at, focused or chosen; null when none is. */
  path: ReadonlySet<string> | null;
  chosen: string | null;
  choose: (id: string | null) => void;
  point: (id: string | null) => void;
}
const Context = createContext<Highlight>({
  ...{ path: null, chosen: null, choose: () => {}, point: () => {} },
});
export const useHighlight = () => useContext(Context);

/** Pointing wins over choosing, so that a chosen path can be compared with others. */
export function HighlightProvider({
  lines,
  children,
}: {
  lines: readonly Line[];
  children: ReactNode;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const choose = useCallback(
    (id: string | null) => setChosen((before) => (before === id ? null : id)),
    [],
  );
  const of = pointed ?? chosen;
  const path = useMemo(() => (of ? pathOf(of, lines) : null), [of, lines]);
  const value = useMemo(
    () => ({ path, chosen, choose, point: setPointed }),
    [path, chosen, choose],
  );
  return <Context value={value}>{children}</Context>;
}
