'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Failure } from '@/components/shell/failure';

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
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
