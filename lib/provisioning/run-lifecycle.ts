/** States from which a run does not go on by itself; the others are queued, running and undoing. */
const OVER = new Set(['succeeded', 'undone', 'cancelled', 'failed', 'held']);
export const isRunOver = (status: string): boolean => OVER.has(status);

export const isRunCancellable = (kind: string, status: string): boolean =>
  kind !== 'retire' && (status === 'queued' || status === 'running');

/** A run that ended without its product: a new attempt may start. */
export const isRunRetryable = (status: string): boolean =>
  status === 'undone' || status === 'cancelled' || status === 'failed';
