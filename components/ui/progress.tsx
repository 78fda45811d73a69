import type { ReactNode } from 'react';
import { cn } from './cn';

interface ProgressProps {
  label: string;
  value: number;
  max?: number;
  /** Shown at the right, such as “3.2 of 10 MB”; the percentage when left out. */
  detail?: ReactNode;
  hideLabel?: boolean;
  tone?: 'accent' | 'ok' | 'warn' | 'error';
  className?: string;
}

const fills = { accent: 'bg-accent', ok: 'bg-ok', warn: 'bg-warn', error: 'bg-error' } as const;

export function Progress(props: ProgressProps) {
  const { label, value, max = 100, detail, hideLabel, tone = 'accent', className } = props;
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  const percent = Math.round(share * 100);
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      {!hideLabel && (
        <div className="flex items-baseline justify-between gap-4 text-sm">
          <span className="min-w-0 truncate text-muted">{label}</span>
          <span className="tabular shrink-0 text-ink">{detail ?? `${percent}%`}</span>
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={cn('h-full rounded-full transition-[width] duration-200', fills[tone])}
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
