const steps: [limitMs: number, unitMs: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3_600_000, 60_000, 'minute'],
  [86_400_000, 3_600_000, 'hour'],
  [7 * 86_400_000, 86_400_000, 'day'],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** “just now”, “5 minutes ago”, “in 2 hours”, “yesterday”; null beyond a week, where a date says more. */
export function relativeTimeText(atMs: number, nowMs: number): string | null {
  const deltaMs = atMs - nowMs;
  if (Math.abs(deltaMs) < 45_000) return 'just now';
  for (const [limitMs, unitMs, unit] of steps) {
    if (Math.abs(deltaMs) < limitMs) {
      return relative.format(
        Math.sign(deltaMs) * Math.max(1, Math.round(Math.abs(deltaMs) / unitMs)),
        unit,
      );
    }
  }
  return null;
}
