export interface When {
  every: 'week' | 'month';
  /** 1 (Monday) … 7 of a week, 1 … 28 of a month. */
  day: number;
  /** 0 … 23, by the clock of the time zone. */
  hour: number;
  /** IANA name. */
  timeZone: string;
}
const DAY_MS = 86_400_000;

/** Whether the runtime knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** How far a zone's clock is ahead of UTC at a moment. */
function aheadMs(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** The moment at which a zone's clock shows this; in an hour that a clock skips, as long after it as before. */
function instantOf(timeZone: string, shown: number): number {
  const guess = shown - aheadMs(timeZone, shown);
  return shown - aheadMs(timeZone, guess);
}

/** The next time after a moment, by the clock on the wall, through changes of summer time. */
export function nextAt({ every, day, hour, timeZone }: When, after: Date): Date {
  const shown = after.getTime() + aheadMs(timeZone, after.getTime());
  const first = Math.floor(shown / DAY_MS);
  for (let one = first; ; one += 1) {
    const date = new Date(one * DAY_MS);
    const isDay =
      every === 'week' ? (date.getUTCDay() + 6) % 7 === day - 1 : date.getUTCDate() === day;
    if (!isDay) continue;
    const at = instantOf(timeZone, one * DAY_MS + hour * 3_600_000);
    if (at > after.getTime()) return new Date(at);
  }
}
