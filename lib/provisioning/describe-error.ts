import { isAppError, log } from '@/lib/core';

/** Codes of the operating system and the network that pass by themselves. */
const PASSING = new Set([
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'EBUSY',
  'EAGAIN',
  'EIO',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
]);

export interface Failure {
  message: string;
  /** Worth another try: nothing about the product itself is wrong. */
  isTransient: boolean;
}

/** What went wrong in words that a person may read; what nobody expected is logged, not shown. */
export function describeError(error: unknown): Failure {
  if (isAppError(error)) {
    return { message: error.message, isTransient: error.code === 'unavailable' };
  }
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  const isFull = code === 'ENOSPC' || /no space left on device/i.test(message ?? '');
  if (isFull) {
    return {
      message: 'The disk is full. Free some space under PORTOLAN_HOME, then try again.',
      isTransient: true,
    };
  }
  log().error({ err: error }, 'a provisioning step failed');
  if (code && PASSING.has(code)) {
    return { message: `The system was busy or out of reach (${code}).`, isTransient: true };
  }
  // SQLSTATE classes 08 (connection), 40 (rollback), 53 (resources), 57 (operator intervention).
  if (code && /^(08|40|53|57)[0-9A-Z]{3}$/.test(code)) {
    return { message: 'The database did not answer in time.', isTransient: true };
  }
  return {
    message:
      'Something unexpected went wrong. The worker’s log has the details under this run’s id.',
    isTransient: false,
  };
}
