import type { ReactNode } from 'react';
import { cn } from './cn';

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  /** Without padding, for a table or grid that fills the card. */
  flush?: boolean;
  level?: 2 | 3;
  id?: string;
  className?: string;
  children?: ReactNode;
}

export function Card(props: CardProps) {
  const { title, description, actions, footer, flush, level = 2, id, className, children } = props;
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section
      id={id}
      className={cn('min-w-0 overflow-clip rounded-lg border bg-surface', className)}
    >
      {(title || actions) && (
        <header
          className={cn(
            'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4',
            flush ? 'border-b pb-3' : 'pb-1',
          )}
        >
          <div className="min-w-0 flex-1 basis-48">
            {title && <Heading className="text-lg font-semibold tracking-tight">{title}</Heading>}
            {description && <p className="mt-0.5 text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      {children !== undefined && (
        <div className={cn(!flush && 'px-5 pb-5', !flush && (title ? 'pt-3' : 'pt-5'))}>
          {children}
        </div>
      )}
      {footer && <footer className="border-t bg-sunken/50 px-5 py-3 text-sm">{footer}</footer>}
    </section>
  );
}
