'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Failure } from './failure';

interface RouteErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** What an `error.tsx` shows: retrying asks the server again before the page is drawn anew. */
export function RouteError({ error, reset }: RouteErrorProps) {
  const router = useRouter();
  const [isRetrying, startTransition] = useTransition();
  function retry() {
    startTransition(() => {
      router.refresh();
      reset();
    });
  }
  return <Failure reference={error.digest} onRetry={retry} isRetrying={isRetrying} />;
}
