const DAY_MS = 86_400_000;

/** Days before a sunset on which those it concerns are told again. */
const REMINDERS = [1, 7, 30] as const;
export const FIRST_REMINDER_DAYS = Math.max(...REMINDERS);

/** The reminder that a sunset has reached; 0 when it has come, null while it is further away than the first. */
export function reminderAt(sunsetAt: Date, at: Date): number | null {
  const left = (sunsetAt.getTime() - at.getTime()) / DAY_MS;
  if (left <= 0) return 0;
  return REMINDERS.find((days) => left <= days) ?? null;
}

/** "in 7 days, on 2026-01-31". */
export function daysTo(sunsetAt: Date, at: Date): string {
  const days = Math.max(1, Math.ceil((sunsetAt.getTime() - at.getTime()) / DAY_MS));
  return `in ${days} ${days === 1 ? 'day' : 'days'}, on ${sunsetAt.toISOString().slice(0, 10)}`;
}
