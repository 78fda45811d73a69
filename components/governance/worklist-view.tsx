import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { Tabs } from '@/components/ui/tabs';

interface WorklistViewProps {
  /** Of the page, e.g. '/governance/violations'. */
  path: string;
  query: Query;
  nextPage: string | null;
  stateLabel: string;
  states: readonly (readonly [string | null, string])[];
  current: string | null;
  filters: (label: string) => ReactNode;
  children: ReactNode;
}

/** Work that waits: tabs of its states, filters beside it (folded on a narrow screen), a table, pages. */
export function WorklistView(props: WorklistViewProps) {
  const { path, query, nextPage, stateLabel, states, current, filters, children } = props;
  const hrefOf = (status: string | null) => hrefWith(path, query, { status });
  return (
    <>
      <Tabs
        label={stateLabel}
        className="mb-4"
        current={hrefOf(current)}
        items={states.map(([status, label]) => ({ href: hrefOf(status), label }))}
      />
      <div className="grid gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <div>
          <details className="rounded-lg border bg-surface p-3 lg:hidden">
            <summary className="flex cursor-pointer items-center gap-2 font-medium">
              <SlidersHorizontal className="size-4" aria-hidden /> Filters
            </summary>
            <div className="mt-3">{filters('Filters (narrow screen)')}</div>
          </details>
          <div className="hidden lg:block">{filters('Filters')}</div>
        </div>
        <div className="min-w-0">
          <Card flush>{children}</Card>
          <div className="mt-4">
            <Pagination
              firstHref={query.after ? hrefWith(path, query, {}) : null}
              nextHref={nextPage && hrefWith(path, query, { after: nextPage })}
            />
          </div>
        </div>
      </div>
    </>
  );
}
