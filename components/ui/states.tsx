'use client';

import { Compass, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

interface EmptyStateProps {
  title: ReactNode;
  /** What to do next. */
  description?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({ title, description, icon, actions, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-12 text-center', className)}>
      <span
        className="mb-4 inline-flex size-11 items-center justify-center rounded-full bg-accent-soft text-accent-ink [&_svg]:size-5"
        aria-hidden
      >
        {icon ?? <Compass />}
      </span>
      <p className="text-lg font-semibold tracking-tight">{title}</p>
      {description && <div className="mt-1 max-w-md text-base text-muted">{description}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

interface ErrorStateProps {
  title?: ReactNode;
  message: ReactNode;
  onRetry?: () => void;
  isRetrying?: boolean;
  /** What support needs to find the failure in the log. */
  reference?: string;
  className?: string;
}

export function ErrorState(props: ErrorStateProps) {
  const { title = 'This could not be loaded', message, onRetry, isRetrying, reference } = props;
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center px-6 py-12 text-center', props.className)}
    >
      <span
        className="mb-4 inline-flex size-11 items-center justify-center rounded-full bg-error-soft text-error"
        aria-hidden
      >
        <TriangleAlert className="size-5" />
      </span>
      <p className="text-lg font-semibold tracking-tight">{title}</p>
      <div className="mt-1 max-w-md text-base break-words text-muted">{message}</div>
      {onRetry && (
        <Button className="mt-5" icon={<RotateCw />} loading={isRetrying} onClick={onRetry}>
          Try again
        </Button>
      )}
      {reference && <p className="mt-4 font-mono text-xs text-subtle">Reference {reference}</p>}
    </div>
  );
}
