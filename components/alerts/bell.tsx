'use client';

import { useQuery } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import Link from 'next/link';
import { UNREAD_KEY } from './unread-key';

const EVERY_MS = 30_000;

async function count(signal: AbortSignal): Promise<number> {
  const answer = await fetch('/api/v1/inbox/unread', { signal });
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  return ((await answer.json()) as { count: number }).count;
}

/** The way to the inbox, with how many are unread; asked anew every half minute while the tab is looked at. */
export function Bell({ unread }: { unread: number }) {
  const { data } = useQuery({
    queryKey: UNREAD_KEY,
    queryFn: ({ signal }) => count(signal),
    initialData: unread,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
  });
  const shown = data >= 99 ? '99+' : String(data);
  return (
    <Link
      href="/inbox"
      aria-label={data > 0 ? `Inbox, ${shown} unread` : 'Inbox'}
      className="relative inline-flex size-9 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink"
    >
      <BellIcon className="size-4" aria-hidden />
      {data > 0 && (
        <span
          aria-hidden
          data-count={shown}
          className="tabular absolute -top-0.5 -right-0.5 min-w-4.5 rounded-full bg-accent px-1 text-center text-xs leading-4.5 font-semibold text-on-accent before:content-[attr(data-count)]"
        />
      )}
    </Link>
  );
}
