/** States of a run; nothing else decides what may follow what. */
export const RUN_STATUSES = [
  'queued',
  'running',
  'undoing',
  'succeeded',
  'undone',
  'cancelled',
  'failed',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const OVER = new Set(['succeeded', 'undone', 'cancelled', 'failed']);
export const isRunOver = (status: string): boolean => OVER.has(status);

export const isRunCancellable = (kind: string, status: string): boolean =>
  kind === 'provision' && (status === 'queued' || status === 'running');

/** A run that ended without its product: a new attempt may start. */
export const isRunRetryable = (status: string): boolean =>
  status === 'undone' || status === 'cancelled' || status === 'failed';
