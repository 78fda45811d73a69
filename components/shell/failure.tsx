'use client';

import { RotateCw } from 'lucide-react';
import { Button, ButtonLink } from '@/components/ui/button';

interface FailureProps {
  /** The digest under which the server logged the error. */
  reference?: string;
  onRetry: () => void;
  isRetrying?: boolean;
}

export function Failure({ reference, onRetry, isRetrying }: FailureProps) {
  return (
    <div role="alert" className="mx-auto max-w-md py-10 text-center">
      <h1 className="text-2xl font-semibold tracking-tight">Something went wrong here</h1>
      <p className="mt-2 text-lg text-muted">
        The error has been logged. Trying again often helps; if it does not, give the reference
        below to whoever runs this portal.
      </p>
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <Button variant="primary" icon={<RotateCw />} loading={isRetrying} onClick={onRetry}>
          Try again
        </Button>
        <ButtonLink href="/">Go home</ButtonLink>
      </div>
      {reference && <p className="mt-5 font-mono text-xs text-subtle">Reference {reference}</p>}
    </div>
  );
}
