import { Callout } from '@/components/ui/callout';
import type { RunDto } from '@/lib/provisioning';

/** How the run ended and what that means for the product. */
export function RunEnding({ run }: { run: RunDto }) {
  if (!run.isOver) return null;
  switch (run.status) {
    case 'succeeded':
      return <Success run={run} />;
    case 'held':
      return (
        <Callout tone="warn" title="It stopped at a gate">
          {run.error} Nothing is lost: mend what is named, run the tests, then promote it.
        </Callout>
      );
    case 'cancelled':
      return (
        <Callout tone="warn" title={run.draftId ? 'It is taken back' : 'The run was cancelled'}>
          {run.draftId
            ? 'Everything it had made is removed. The draft is open again.'
            : 'What it had made is removed.'}
        </Callout>
      );
    default:
      return (
        <Callout
          tone="error"
          title={
            run.status === 'undone' ? 'The run failed; everything was undone' : 'The run failed'
          }
        >
          {run.error}
        </Callout>
      );
  }
}

function Success({ run }: { run: RunDto }) {
  if (run.kind === 'retire') {
    return (
      <Callout tone="ok" title="The product is retired">
        Its files and keys are destroyed and its grants revoked. The audit log keeps its history.
      </Callout>
    );
  }
  const isPromoted = run.steps.some(
    (step) => step.environment === 'production' && step.status === 'done',
  );
  return isPromoted ? (
    <Callout tone="ok" title="The product is live">
      Its rows answer over HTTP, and every read is decided and logged.
    </Callout>
  ) : (
    <Callout tone="ok" title="Every test is green">
      It is in staging, where those who make it can read it. Promote it when you are ready.
    </Callout>
  );
}
