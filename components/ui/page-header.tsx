import type { ReactNode } from 'react';
import { Breadcrumbs, type Crumb } from './breadcrumbs';
import { cn } from './cn';

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  crumbs?: Crumb[];
  /** Badges beside the title. */
  badges?: ReactNode;
  actions?: ReactNode;
  /** A line of small facts below the description. */
  meta?: ReactNode;
  className?: string;
}

/** The page's one h1, with where it is and what can be done here. */
export function PageHeader(props: PageHeaderProps) {
  const { title, description, crumbs, badges, actions, meta, className } = props;
  return (
    <header className={cn('mb-6 flex flex-col gap-2', className)}>
      {crumbs && <Breadcrumbs items={crumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="min-w-0 text-2xl font-semibold tracking-tight break-words">{title}</h1>
            {badges}
          </div>
          {description && <div className="mt-1 max-w-3xl text-lg text-muted">{description}</div>}
          {meta && (
            <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
              {meta}
            </div>
          )}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
