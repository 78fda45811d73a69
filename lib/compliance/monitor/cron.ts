const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;
const DAYS_AHEAD = 366 * 8; // 29 February comes at the latest after eight years
const DAY_MS = 86_400_000;

/** The numbers that one field names; 7 is Sunday too. */
function numbersOf(field: string, index: number): Set<number> {
  const [low, high] = RANGES[index] ?? [0, 0];
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '*', step] = part.split('/');
    const [first, last] = range === '*' ? [low, high] : range.split('-').map(Number);
    const from = first ?? low;
    const to = last ?? (step === undefined ? from : high);
    for (let at = from; at <= to; at += Number(step ?? 1)) found.add(index === 4 ? at % 7 : at);
  }
  return found;
}

/**
 * The first minute after `from`, in UTC, that a cron expression of five numeric fields names; null when there is
 * none (30 February). With both a day of the month and a day of the week, either counts, as in crontab(5).
 */
export function nextCron(expression: string, from: Date): Date | null {
  const fields = expression.split(' ');
  const [minutes, hours, days, months, weekdays] = fields.map(numbersOf);
  if (!minutes || !hours || !days || !months || !weekdays) return null;
  const isAnyDay = fields[2] === '*';
  const isAnyWeekday = fields[4] === '*';
  const isDay = (date: Date) => {
    if (!months.has(date.getUTCMonth() + 1)) return false;
    const byDay = days.has(date.getUTCDate());
    const byWeekday = weekdays.has(date.getUTCDay());
    if (isAnyDay || isAnyWeekday) return byDay && byWeekday;
    return byDay || byWeekday;
  };
  const midnight = Math.floor(from.getTime() / DAY_MS) * DAY_MS;
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
    const day = midnight + ahead * DAY_MS;
    if (!isDay(new Date(day))) continue;
    for (const hour of [...hours].sort((a, b) => a - b)) {
      for (const minute of [...minutes].sort((a, b) => a - b)) {
        const at = day + hour * 3_600_000 + minute * 60_000;
        if (at > from.getTime()) return new Date(at);
      }
    }
  }
  return null;
}
