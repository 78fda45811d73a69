'use client';

import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import { Failure } from '@/components/shell/failure';
import { PlainPage } from '@/components/shell/plain-page';
import { readThemeCookie, themeAttribute } from '@/components/shell/theme';

interface GlobalErrorProps {
  error: Error & { digest?: string };
}

/** Stands in for the root layout when that itself failed, so it brings its own <html>. */
export default function GlobalError({ error }: GlobalErrorProps) {
  const cookies = typeof document === 'undefined' ? '' : document.cookie;
  return (
    <html
      lang="en"
      data-theme={themeAttribute(readThemeCookie(cookies))}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body className="antialiased">
        <title>Something went wrong · Portolan</title>
        <PlainPage>
          <Failure reference={error.digest} onRetry={() => window.location.reload()} />
        </PlainPage>
      </body>
    </html>
  );
}
