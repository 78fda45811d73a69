'use client';

import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { DownloadMenu } from './download-menu';
import { QueryError } from './query-error';
import { Results } from './results';
import type { Result } from './use-query';

/** How it goes, the rows, what went wrong, what was read. */
export function ResultCard({ result, onRetry }: { result: Result | null; onRetry: () => void }) {
  if (!result) return null;
  const { head, end, error, isCancelled, isRunning, rows } = result;
  const refusal = head?.downloadRefusal ?? null;
  return (
    <Card
      title="Result"
      description={stateOf(result)}
      actions={end && head && <DownloadMenu sql={result.sql} refusal={refusal} />}
    >
      <div className="flex flex-col gap-4" aria-busy={isRunning}>
        <p role="status" className="sr-only">
          {stateOf(result)}
        </p>
        {error && <QueryError error={error} onRetry={onRetry} />}
        {isCancelled && rows.length === 0 && (
          <p className="text-base text-muted">Cancelled. Nothing runs any more.</p>
        )}
        {isRunning && !head && <Skeleton className="h-32" />}
        <Results key={head?.id ?? ''} result={result} />
        {head && <Sources head={head} />}
      </div>
    </Card>
  );
}

function stateOf({ isRunning, isCancelled, error, end, rows, head }: Result): string {
  const count = `${rows.length.toLocaleString('en')} row${rows.length === 1 ? '' : 's'}`;
  if (isRunning) return head ? `Running: ${count} so far` : 'Running';
  if (isCancelled) return `Cancelled after ${count}`;
  if (error) return 'The query did not end well';
  return end ? `${count} in ${end.elapsedMs.toLocaleString('en')} ms` : '';
}

/** What was read, so that a figure can be asked for again. */
function Sources({ head }: { head: NonNullable<Result['head']> }) {
  if (head.products.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-sm text-muted" aria-label="Products that were read">
      {head.products.map(({ address, title, snapshot, isNarrowed }) => (
        <li key={address}>
          <a className="link" href={`/products/${address}`}>
            {title}
          </a>
          , snapshot {snapshot.number}
          {isNarrowed && ', the part that your grant opens'}
        </li>
      ))}
    </ul>
  );
}
