'use client';

import { useSyncExternalStore } from 'react';
import { cn } from './cn';
import { relativeTimeText } from './relative-time-text';

const tickMs = 15_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, tickMs);
  return () => clearInterval(timer);
}

const dateFormat = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const exactFormat = { dateStyle: 'full', timeStyle: 'long' } as const;

interface RelativeTimeProps {
  at: string | number | Date;
  className?: string;
}

/**
 * A moment as its distance from now, the exact time in the viewer's zone on hover. The server does
 * not know the zone, so it sends the date in UTC and the browser takes over when it hydrates.
 */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const date = new Date(at);
  const tick = useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / tickMs),
    () => null,
  );
  if (Number.isNaN(date.getTime())) return <span className={className}>unknown</span>;
  const isServer = tick === null;
  const dateText = date.toLocaleDateString('en-GB', {
    ...dateFormat,
    timeZone: isServer ? 'UTC' : undefined,
  });
  const text = isServer ? dateText : (relativeTimeText(date.getTime(), Date.now()) ?? dateText);
  return (
    <time
      dateTime={date.toISOString()}
      title={isServer ? date.toISOString() : date.toLocaleString('en-GB', exactFormat)}
      className={cn('whitespace-nowrap', className)}
    >
      {text}
    </time>
  );
}
