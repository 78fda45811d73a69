import type { ReactNode } from 'react';
import { statusLook } from './badge';
import { cn } from './cn';

interface CalloutProps {
  tone?: 'ok' | 'warn' | 'error' | 'info';
  title?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
}

export function Callout({ tone = 'info', title, actions, className, children }: CalloutProps) {
  const { icon: Icon, text, soft } = statusLook[tone];
  return (
    <div className={cn('flex items-start gap-3 rounded-lg px-4 py-3', soft, className)}>
      <Icon className={cn('mt-0.5 size-4.5 shrink-0', text)} aria-hidden />
      <div className="min-w-0 flex-1 text-base break-words">
        {title && <p className="font-medium text-ink">{title}</p>}
        {children && <div className={cn('text-ink', title && 'mt-0.5 text-muted')}>{children}</div>}
        {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
