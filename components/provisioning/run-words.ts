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
  unit: 'Unit tests',
  integration: 'Integration tests',
  quality: 'Quality tests',
  performance: 'Performance tests',
};
const CAPABILITIES = ['storage', 'processing', 'serving', 'governance'];

const RUN_TITLES: Record<string, string> = {
  retire: 'Retire',
  test: 'Test',
  promote: 'Promote',
  provision: 'Provision',
};
export const runTitle = (kind: string): string => RUN_TITLES[kind] ?? kind;

/** A capability with its environment, where the run works in more than one. */
export function stepTitle(step: RunStepDto, run: RunDto): string {
  const title = STEP_TITLES[step.name] ?? step.name;
  const isSplit = run.steps.some((one) => one.environment !== run.steps[0]?.environment);
  if (!isSplit || !CAPABILITIES.includes(step.name)) return title;
  return `${title} in ${step.environment}`;
}

export function stepLook(step: RunStepDto, run: RunDto): Look {
  const look = STEP[step.status] ?? { tone: 'neutral' as const, words: step.status };
  if (step.status === 'undone' && run.kind === 'retire') return { tone: 'ok', words: 'removed' };
  if (step.status === 'undone' && step.error)
    return { tone: 'error', words: 'failed, then removed' };
  if (step.status === 'pending' && run.isOver) return { tone: 'neutral', words: 'not reached' };
  return look;
}

const RUNNING = {
  retire: 'Retiring',
  test: 'Testing',
  promote: 'Promoting',
  provision: 'Provisioning',
} as const;

export function runLook(run: RunDto): Look {
  const isRetire = run.kind === 'retire';
  const isLive = ['production', 'deprecated'].includes(run.product.status);
  if (run.isCancelling) return { tone: 'running', words: 'Cancelling' };
  switch (run.status) {
    case 'queued':
      return { tone: 'running', words: 'Waiting for a worker' };
    case 'running':
      return { tone: 'running', words: RUNNING[run.kind] };
    case 'undoing':
      return { tone: 'running', words: 'Undoing' };
    case 'succeeded':
      return { tone: 'ok', words: isRetire ? 'Retired' : isLive ? 'Live' : 'In staging' };
    case 'held':
      return { tone: 'warn', words: 'Stopped at a gate' };
    case 'cancelled':
      return { tone: 'warn', words: 'Cancelled' };
    case 'undone':
      return { tone: 'error', words: 'Failed and undone' };
    default:
      return { tone: 'error', words: 'Failed' };
  }
}
