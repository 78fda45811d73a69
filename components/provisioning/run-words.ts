import type { StatusTone } from '@/components/ui/badge';
import type { RunDto, RunStepDto } from '@/lib/provisioning';

interface Look {
  tone: StatusTone;
  words: string;
}

const STEP: Record<string, Look> = {
  pending: { tone: 'neutral', words: 'waiting' },
  planning: { tone: 'running', words: 'planning' },
  applying: { tone: 'running', words: 'applying' },
  verifying: { tone: 'running', words: 'verifying' },
  done: { tone: 'ok', words: 'done' },
  failed: { tone: 'error', words: 'failed' },
  undoing: { tone: 'running', words: 'removing' },
  undone: { tone: 'neutral', words: 'removed' },
};

const STEP_TITLES: Record<string, string> = {
  storage: 'Storage',
  processing: 'Processing',
  serving: 'Serving',
  governance: 'Governance',
};

export const stepTitle = (name: string): string => STEP_TITLES[name] ?? name;

export function stepLook(step: RunStepDto, run: RunDto): Look {
  const look = STEP[step.status] ?? { tone: 'neutral' as const, words: step.status };
  if (step.status === 'undone' && run.kind === 'retire') return { tone: 'ok', words: 'removed' };
  if (step.status === 'undone' && step.error)
    return { tone: 'error', words: 'failed, then removed' };
  if (step.status === 'pending' && run.isOver) return { tone: 'neutral', words: 'not reached' };
  return look;
}

export function runLook(run: RunDto): Look {
  const isRetire = run.kind === 'retire';
  if (run.isCancelling) return { tone: 'running', words: 'Cancelling' };
  switch (run.status) {
    case 'queued':
      return { tone: 'running', words: 'Waiting for a worker' };
    case 'running':
      return { tone: 'running', words: isRetire ? 'Retiring' : 'Provisioning' };
    case 'undoing':
      return { tone: 'running', words: 'Undoing' };
    case 'succeeded':
      return { tone: 'ok', words: isRetire ? 'Retired' : 'Live' };
    case 'cancelled':
      return { tone: 'warn', words: 'Cancelled' };
    case 'undone':
      return { tone: 'error', words: 'Failed and undone' };
    default:
      return { tone: 'error', words: 'Failed' };
  }
}
