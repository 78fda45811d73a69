import Link from 'next/link';
import type { ReactNode } from 'react';
import { ChartBackdrop } from './chart-backdrop';
import { Wordmark } from './logo';

interface PlainPageProps {
  children: ReactNode;
  footer?: ReactNode;
}

/** A page outside the portal's frame: sign-in, first run, not found, failure. */
export function PlainPage({ children, footer }: PlainPageProps) {
  return (
    <div className="relative isolate flex min-h-dvh flex-col items-center overflow-clip px-4 py-10">
      <ChartBackdrop className="top-1/2 left-1/2 -z-1 size-[72rem] -translate-1/2" />
      <header>
        <Link href="/" className="block rounded-md" aria-label="Portolan, home">
          <Wordmark />
        </Link>
      </header>
      <main className="flex w-full max-w-md flex-1 flex-col justify-center py-10">{children}</main>
      {footer && <footer className="text-sm text-muted">{footer}</footer>}
    </div>
  );
}
