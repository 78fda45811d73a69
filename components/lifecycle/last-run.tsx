import Link from 'next/link';
import { Callout } from '@/components/ui/callout';
import { RefreshWhile } from '@/components/ui/refresh-while';
import type { ProductLifecycle } from '@/lib/release';

const WORKING = new Set(['queued', 'running', 'undoing']);

/** What the newest run does now, or why it stopped; nothing once all is well. */
export function LastRun({ run }: { run: NonNullable<ProductLifecycle['lastRun']> }) {
  const link = (
    <Link className="link" href={`/runs/${run.id}`}>
      Look at the run
    </Link>
  );
  if (WORKING.has(run.status)) {
    return (
      <Callout tone="info" title="A run is working on this product">
        {link}
        <RefreshWhile active />
      </Callout>
    );
  }
  if (!run.error) return null;
  const title = run.status === 'held' ? 'It stands before a closed gate' : 'The last run failed';
  return (
    <Callout tone={run.status === 'held' ? 'warn' : 'error'} title={title}>
      {run.error} {link}
    </Callout>
  );
}
