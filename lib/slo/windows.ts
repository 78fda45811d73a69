export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The windows that an objective may be judged over. */
export const WINDOWS = {
  '7_days': { title: 'the last 7 days', days: 7 },
  '28_days': { title: 'the last 28 days', days: 28 },
  '30_days': { title: 'the last 30 days', days: 30 },
  '90_days': { title: 'the last 90 days', days: 90 },
  calendar_week: { title: 'this calendar week', days: null },
  calendar_month: { title: 'this calendar month', days: null },
  calendar_quarter: { title: 'this calendar quarter', days: null },
} as const satisfies Record<string, { title: string; days: number | null }>;
export type WindowName = keyof typeof WINDOWS;
export const WINDOW_NAMES = Object.keys(WINDOWS) as [WindowName, ...WindowName[]];

export const isWindow = (name: string): name is WindowName => Object.hasOwn(WINDOWS, name);

/** The first instant of the minute, the hour, the UTC day. */
export const floorMinute = (at: Date): Date =>
  new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
export const floorHour = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
export const floorDay = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);

/**
 * Where a window that ends at `at` begins. Rolling ones begin at the first full hour inside them, calendar ones
 * at the first instant of the week (Monday), month or quarter, in UTC.
 */
export function windowStart(name: WindowName, at: Date): Date {
  const { days } = WINDOWS[name];
  if (days !== null) {
    return new Date(Math.ceil((at.getTime() - days * DAY_MS) / HOUR_MS) * HOUR_MS);
  }
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (name === 'calendar_month') return new Date(Date.UTC(year, month, 1));
  if (name === 'calendar_quarter') return new Date(Date.UTC(year, month - (month % 3), 1));
  return new Date(Date.UTC(year, month, day - ((at.getUTCDay() + 6) % 7)));
}
