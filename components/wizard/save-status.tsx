import { Check, CircleAlert, LoaderCircle } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { SaveState } from './use-autosave';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

interface SaveStatusProps {
  state: SaveState;
  onRetry: () => void;
  onResolve: () => void;
}

/** What became of the last edit, announced politely. */
export function SaveStatus({ state, onRetry, onResolve }: SaveStatusProps) {
  return (
    <div className="flex min-h-7 items-center gap-2 text-sm text-muted" role="status">
      {state.kind === 'saved' && (
        <>
          <Check className="size-4 text-ok" aria-hidden />
          <span suppressHydrationWarning>Saved {clock.format(new Date(state.at))}</span>
        </>
      )}
      {(state.kind === 'dirty' || state.kind === 'saving') && (
        <>
          <LoaderCircle className="size-4 animate-spin" aria-hidden />
          <span>Saving…</span>
        </>
      )}
      {state.kind === 'failed' && (
        <>
          <CircleAlert className="size-4 shrink-0 text-error" aria-hidden />
          <span className="text-error">Not saved. {state.message}</span>
          <Button size="sm" variant="secondary" onClick={onRetry}>
            Save again
          </Button>
        </>
      )}
      {state.kind === 'stale' && (
        <>
          <CircleAlert className="size-4 shrink-0 text-warn" aria-hidden />
          <span className="text-warn">Not saved: changed in another window.</span>
          <Button size="sm" onClick={onResolve}>
            Choose a version
          </Button>
        </>
      )}
    </div>
  );
}
