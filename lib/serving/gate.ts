import { AppError } from '@/lib/core';

interface Waiting {
  resolve: () => void;
  reject: (error: unknown) => void;
  timer: NodeJS.Timeout;
}

export interface Gate {
  /**
   * Waits for a place and returns the way to give it back (safe to call twice).
   * @throws AppError rate_limited when the queue is full, unavailable when the wait was too long;
   * both carry `retryAfterS`
   */
  enter(signal?: AbortSignal): Promise<() => void>;
  readonly running: number;
}

/** Bounds how many scans run at once, so that one consumer's downloads cannot take the machine. */
export function createGate(options: {
  places: number;
  queueLength: number;
  waitMs: number;
  /** What somebody is told who cannot wait longer. */
  words?: string;
}): Gate {
  const queue: Waiting[] = [];
  let running = 0;
  const leave = () => {
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      const next = queue.shift();
      if (!next) {
        running -= 1;
        return;
      }
      clearTimeout(next.timer);
      next.resolve();
    };
  };
  const wait = (signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const drop = (error: unknown) => {
        clearTimeout(waiting.timer);
        const at = queue.indexOf(waiting);
        if (at !== -1) queue.splice(at, 1);
        reject(error);
      };
      const timer = setTimeout(() => drop(busy('unavailable', options.words)), options.waitMs);
      const waiting: Waiting = { resolve, reject, timer };
      signal?.addEventListener('abort', () => drop(signal.reason), { once: true });
      queue.push(waiting);
    });
  return {
    async enter(signal) {
      signal?.throwIfAborted();
      if (running < options.places) running += 1;
      else if (queue.length >= options.queueLength) throw busy('rate_limited', options.words);
      else await wait(signal);
      return leave();
    },
    get running() {
      return running;
    },
  };
}

const SCANS =
  'Too many scans are running. Try again in a few seconds, or narrow the request with select, filters and limit.';

const busy = (code: 'rate_limited' | 'unavailable', words = SCANS) =>
  new AppError(code, words, { retryAfterS: 5 });

const store = globalThis as { __portolanGates?: { page: Gate; scan: Gate } };

/** Pages are short; scans (downloads, counts) are long and may not crowd them out. */
export function gates(): { page: Gate; scan: Gate } {
  store.__portolanGates ??= {
    // Two hundred readers at once on a busy machine wait their turn instead of being turned away.
    page: createGate({ places: 8, queueLength: 256, waitMs: 30_000 }),
    scan: createGate({ places: 3, queueLength: 32, waitMs: 15_000 }),
  };
  return store.__portolanGates;
}
