'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { fetchJson } from '@/components/products/fetch-json';
import { StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ErrorState } from '@/components/ui/states';
import type { QueryRunRow } from '@/lib/workbench';
import { HISTORY_KEY } from './use-query';

interface Page {
  runs: QueryRunRow[];
  next: string | null;
}

const STATUS = {
  running: { label: 'Running', tone: 'running' },
  done: { label: 'Done', tone: 'ok' },
  failed: { label: 'Failed', tone: 'error' },
  cancelled: { label: 'Cancelled', tone: 'warn' },
  lost: { label: 'Lost', tone: 'error' },
} as const;

/** One's own statements, newest first; choosing one puts it into the editor. */
export function HistoryPanel({ onOpen }: { onOpen: (sql: string) => void }) {
  const history = useInfiniteQuery({
    queryKey: HISTORY_KEY,
    queryFn: ({ pageParam, signal }) =>
      fetchJson<Page>(
        `/api/v1/queries/history${pageParam ? `?before=${encodeURIComponent(pageParam)}` : ''}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (history.isPending) return <SkeletonRows rows={4} label="Loading the history" />;
  if (history.error) {
    return <ErrorState message={history.error.message} onRetry={() => void history.refetch()} />;
  }
  const runs = history.data.pages.flatMap((page) => page.runs);
  if (runs.length === 0) {
    return <p className="text-sm text-muted">Nothing yet. What you run stands here, for you.</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col divide-y" aria-label="Your queries">
        {runs.map((run) => (
          <li key={run.id}>
            <RunEntry run={run} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {history.hasNextPage && (
        <Button
          size="sm"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Earlier
        </Button>
      )}
    </div>
  );
}

function RunEntry({ run, onOpen }: { run: QueryRunRow; onOpen: (sql: string) => void }) {
  const { label, tone } = STATUS[run.status];
  return (
    <button
      type="button"
      onClick={() => onOpen(run.sql)}
      className="flex w-full flex-col gap-1 rounded-sm px-1 py-2 text-left hover:bg-hover"
    >
      <span className="line-clamp-3 font-mono text-xs break-words whitespace-pre-wrap">
        {run.sql}
      </span>
      <span className="flex flex-wrap items-center gap-2 text-xs text-muted">
        <StatusBadge tone={tone}>{label}</StatusBadge>
        <RelativeTime at={run.startedAt} />
        {run.status === 'done' && run.rowCount !== null && (
          <span className="tabular">{run.rowCount.toLocaleString('en')} rows</span>
        )}
        {run.format !== 'pages' && <span>{run.format}</span>}
      </span>
    </button>
  );
}
