'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** An item of a strip that can be wider than the window: the strip is moved so that the item is in sight. */
export function InView({ children }: { children: ReactNode }) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const strip = item.current?.closest('nav');
    if (!item.current || !strip) return;
    const { left, right } = item.current.getBoundingClientRect();
    const edges = strip.getBoundingClientRect();
    if (left < edges.left || right > edges.right) strip.scrollLeft += left - edges.left - 24;
  }, []);
  return <li ref={item}>{children}</li>;
}
