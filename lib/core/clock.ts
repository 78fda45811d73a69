import { invalid } from './errors';

const store = globalThis as { __portolanClock?: () => number };

/** The time that decisions are made by; tests may set it. */
export const now = (): Date => new Date(store.__portolanClock?.() ?? Date.now());

export function setClock(read: (() => number) | undefined): void {
  store.__portolanClock = read;
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;

/**
 * When something ends that lasts at most a year; a day (`2026-01-31`) counts to its end.
 * @throws AppError invalid, naming `until`
 */
export function endWithinYear(until: string): Date {
  const at = new Date(until);
  const end = until.length === 10 ? new Date(at.getTime() + DAY_MS - 1000) : at;
  const latest = now().getTime() + MAX_DAYS * DAY_MS;
  if (end > now() && end.getTime() <= latest) return end;
  const message =
    end > now() ? 'Choose a day within a year.' : 'That day is over. Choose today or later.';
  throw invalid(message, { until: message });
}
