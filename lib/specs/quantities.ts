/**
 * Typed quantities as the documents write them: `99.9%`, `"< 100ms"`, `"< 1 hour"`, `7_years`, `daily`, `98`.
 * Parsers return null for anything else; documents keep the text, callers parse when they compute.
 */
export const DURATION_UNITS = [
  'ms',
  'seconds',
  'minutes',
  'hours',
  'days',
  'weeks',
  'months',
  'years',
] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];
export type QuantityUnit = DurationUnit | 'percent' | 'number';
export const OPERATORS = ['<', '<=', '>', '>=', '='] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Quantity<U extends QuantityUnit = QuantityUnit> {
  value: number;
  unit: U;
  operator?: Operator;
}
export type Percent = Quantity<'percent'>;
export type Duration = Quantity<DurationUnit>;

const DAY_MS = 86_400_000;
const YEAR_MS = 365.2425 * DAY_MS; // the mean Gregorian year; a month is a twelfth of it
const UNIT_MS: Record<DurationUnit, number> = {
  ms: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: DAY_MS,
  weeks: 7 * DAY_MS,
  months: YEAR_MS / 12,
  years: YEAR_MS,
};

/** A bare `m` is refused on purpose: it could be minutes or months. */
const UNIT_NAMES = new Map<string, QuantityUnit>(
  Object.entries({
    '%': 'percent',
    percent: 'percent',
    millisecond: 'ms',
    milliseconds: 'ms',
    s: 'seconds',
    sec: 'seconds',
    second: 'seconds',
    min: 'minutes',
    mins: 'minutes',
    minute: 'minutes',
    h: 'hours',
    hr: 'hours',
    hour: 'hours',
    d: 'days',
    day: 'days',
    w: 'weeks',
    week: 'weeks',
    month: 'months',
    y: 'years',
    yr: 'years',
    year: 'years',
    ...Object.fromEntries(DURATION_UNITS.map((unit) => [unit, unit])),
  } satisfies Record<string, QuantityUnit>),
);

const FREQUENCY_UNITS = new Map<string, DurationUnit>([
  ['hourly', 'hours'],
  ['daily', 'days'],
  ['weekly', 'weeks'],
  ['monthly', 'months'],
  ['yearly', 'years'],
]);

// Twelve digits before the point and six after: exact in a double, printed without an exponent.
const QUANTITY = /^(<=|>=|<|>|=|≤|≥)? ?(\d{1,12}(?:\.\d{1,6})?)[ _]?(%|[a-z]{1,12})?$/;

/** `"< 100ms"`, `"> 99.9%"`, `4_hours`, `98`: a value, its unit and, when written, an operator. */
export function parseThreshold(raw: string | number): Quantity | null {
  const text = typeof raw === 'number' ? String(raw) : raw.trim().toLowerCase();
  if (text.length > 64) return null;
  const match = QUANTITY.exec(text.replace(/\s+/g, ' '));
  if (!match) return null;
  const [, sign, digits, unitName] = match;
  const unit = unitName === undefined ? 'number' : UNIT_NAMES.get(unitName);
  if (unit === undefined) return null;
  const operator = sign?.replace('≤', '<=').replace('≥', '>=') as Operator | undefined;
  return { value: Number(digits), unit, ...(operator && { operator }) };
}

/** `99.9%`, `"99.9"` or `99.9`, from 0 to 100 and without an operator. */
export function parsePercent(raw: string | number): Percent | null {
  const parsed = parseThreshold(raw);
  if (!parsed || parsed.operator || parsed.value > 100) return null;
  if (parsed.unit !== 'percent' && parsed.unit !== 'number') return null;
  return { value: parsed.value, unit: 'percent' };
}

/** `7_years`, `1 hour`, `100ms`, `daily`: a length of time without an operator. */
export function parseDuration(raw: string | number): Duration | null {
  const frequency = typeof raw === 'string' && FREQUENCY_UNITS.get(raw.trim().toLowerCase());
  if (frequency) return { value: 1, unit: frequency };
  const parsed = parseThreshold(raw);
  return parsed && isDuration(parsed) && !parsed.operator ? parsed : null;
}

export function isDuration(quantity: Quantity): quantity is Duration {
  return quantity.unit !== 'percent' && quantity.unit !== 'number';
}

/** The text that parses back to the same quantity: `99.9%`, `7_years`, `100ms`, `< 1 hour`. */
export function printQuantity(quantity: Quantity): string {
  const { value, unit, operator } = quantity;
  const sign = operator ? `${operator} ` : '';
  if (unit === 'number') return `${sign}${value}`;
  if (unit === 'percent') return `${sign}${value}%`;
  if (unit === 'ms') return `${sign}${value}ms`;
  return `${sign}${value}${operator ? ' ' : '_'}${value === 1 ? unit.slice(0, -1) : unit}`;
}

/** Milliseconds; months and years at their mean Gregorian length. For a cut-off date use `shiftDate`. */
export function durationToMs(duration: Duration): number {
  return duration.value * UNIT_MS[duration.unit];
}

/**
 * The date that lies `duration` after (`1`) or before (`-1`) another, in UTC. Months and years follow the
 * calendar: 29 February minus one year is 28 February.
 */
export function shiftDate(date: Date, duration: Duration, direction: 1 | -1): Date {
  const months = calendarMonths(duration);
  if (months === null) return new Date(date.getTime() + direction * durationToMs(duration));
  const shifted = new Date(date);
  shifted.setUTCDate(1);
  shifted.setUTCMonth(shifted.getUTCMonth() + direction * months);
  const lastDay = new Date(
    Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, 0),
  ).getUTCDate();
  shifted.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return shifted;
}

function calendarMonths(duration: Duration): number | null {
  if (duration.unit !== 'months' && duration.unit !== 'years') return null;
  const months = duration.unit === 'years' ? duration.value * 12 : duration.value;
  return Number.isInteger(months) ? months : null;
}

/** Negative, zero or positive like a sort function, ignoring operators; null when the units cannot be compared. */
export function compareQuantities(a: Quantity, b: Quantity): number | null {
  if (isDuration(a) && isDuration(b)) return Math.sign(durationToMs(a) - durationToMs(b));
  return a.unit === b.unit ? Math.sign(a.value - b.value) : null;
}

/**
 * Whether a measured value keeps a threshold. A threshold without an operator is read as `assumed`
 * (`>=` suits percentages, `<=` latencies and ages). Null when the units cannot be compared.
 */
export function meetsThreshold(
  measured: Quantity,
  threshold: Quantity,
  assumed: Operator = '>=',
): boolean | null {
  const order = compareQuantities(measured, threshold);
  if (order === null) return null;
  switch (threshold.operator ?? assumed) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
  }
}
