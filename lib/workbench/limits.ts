import { availableParallelism } from 'node:os';
import { createGate, type Gate } from '@/lib/serving';

const MB = 1_048_576;

/** What one statement may take; the page says the same numbers. */
export const LIMITS = {
  /** Of work: rows that wait for their reader cost nothing of it. */
  timeMs: 30_000,
  rows: 10_000,
  memoryMb: 512,
  /** A download is made whole before it is sent. */
  downloadTimeMs: 120_000,
  downloadRows: 1_000_000,
  downloadBytes: 512 * MB,
  /** Statements of one person at once, over all web processes. */
  perPerson: 2,
  products: 20,
  sqlChars: 50_000,
} as const;

/** After this a run is over, whatever became of its process. */
export const MAX_RUN_MS = 600_000;
export const THREADS = Math.min(2, availableParallelism());

const store = globalThis as { __portolanQueries?: Gate };

/** Statements that one web process runs at once: each has memory of its own. */
export function queryGate(): Gate {
  store.__portolanQueries ??= createGate({
    ...{ places: 3, queueLength: 24, waitMs: 15_000 },
    words: 'Many queries are running on this portal. Run yours again in a few seconds.',
  });
  return store.__portolanQueries;
}
