import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink } from './button';

interface PaginationProps {
  label?: string;
  /** Link to the first page, when this is not it. */
  firstHref?: string | null;
  /** Link with the cursor of the next page; null at the end. */
  nextHref?: string | null;
  nextLabel?: string | undefined;
  /** “1–50 of 1,000+” */
  summary?: ReactNode;
}

/** Cursor pages know only forwards and the beginning; the browser's Back is the way back. */
export function Pagination({
  label = 'Pages',
  firstHref,
  nextHref,
  nextLabel = 'Next page',
  summary,
}: PaginationProps) {
  if (!firstHref && !nextHref && !summary) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-3">
      <p className="tabular text-sm text-muted">{summary}</p>
      <div className="flex gap-2">
        {firstHref && (
          <ButtonLink size="sm" href={firstHref} icon={<ChevronLeft />}>
            First page
          </ButtonLink>
        )}
        {nextHref && (
          <ButtonLink size="sm" href={nextHref}>
            {nextLabel}
            <ChevronRight aria-hidden />
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
