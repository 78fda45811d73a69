import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface StatProps {
  label: ReactNode;
  value: ReactNode;
  unit?: string;
  /** How it is computed, or what it is compared with. */
  hint?: ReactNode;
  /** Where the number can be looked into. */
  href?: string;
  status?: ReactNode;
  className?: string;
}

export function Stat({ label, value, unit, hint, href, status, className }: StatProps) {
  const body = (
    <>
      <span className="flex items-center justify-between gap-2 text-sm text-muted">
        {label}
        {status}
      </span>
      <span className="tabular mt-1.5 block text-2xl font-semibold tracking-tight">
        {value}
        {unit && <span className="ml-1 text-lg font-normal text-muted">{unit}</span>}
      </span>
      {hint && <span className="mt-0.5 block text-sm text-subtle">{hint}</span>}
    </>
  );
  const box = cn('block min-w-0 rounded-lg border bg-surface px-5 py-4', className);
  if (!href) return <div className={box}>{body}</div>;
  return (
    <Link href={href} className={cn(box, 'transition-colors hover:border-line-strong')}>
      {body}
    </Link>
  );
}
