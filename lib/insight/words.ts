import type { Currency, MetricFigures } from './figures/queries';
import type { MetricUnit } from './metrics/metric';

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const FINE = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const BYTES = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A figure in the unit that suits its size. */
export function figureText(value: number, unit: MetricUnit | Currency): string {
  switch (unit) {
    case 'count':
      return Math.abs(value) >= 1e6 ? COMPACT.format(value) : WHOLE.format(value);
    case 'percent':
      return `${FINE.format(value)}%`;
    case 'stars':
      return `${FINE.format(value)} of 5`;
    case 'milliseconds':
      return value < 1000 ? `${WHOLE.format(value)} ms` : hoursText(value / 3_600_000);
    case 'hours':
      return hoursText(value);
    case 'bytes':
      return bytesText(value);
    case 'ratio':
      return FINE.format(value);
    case 'money':
      return numberText(value);
    default:
      return moneyText(value, unit);
  }
}

function hoursText(hours: number): string {
  if (hours < 1 / 60) return `${FINE.format(hours * 3600)} s`;
  if (hours < 1) return `${FINE.format(hours * 60)} min`;
  return hours < 48 ? `${FINE.format(hours)} h` : `${FINE.format(hours / 24)} days`;
}

function bytesText(value: number): string {
  const step = Math.min(BYTES.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${FINE.format(value / 1000 ** step)} ${BYTES[step]}`;
}

/** Two digits, and of less than a hundredth the first two that are not zero. */
export const numberText = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.01
    ? value.toLocaleString('en', { maximumSignificantDigits: 2 })
    : FINE.format(value);

/** An amount with the code of its currency, which never stand on two lines. */
const moneyText = (value: number, currency: string): string =>
  `${currency}\u00a0${numberText(value)}`;

export interface Trend {
  text: string;
  way: 'better' | 'worse' | 'same';
}

/** How a figure stands beside the one before; null without a figure before. */
export function trendOf({
  metric,
  value,
  previous,
}: Pick<MetricFigures, 'metric' | 'value' | 'previous'>): Trend | null {
  if (value === null || previous === null) return null;
  const difference = value - previous;
  if (Math.abs(difference) < 1e-9) return { text: 'as before', way: 'same' };
  const isUp = difference > 0;
  const size =
    metric.unit === 'percent' || previous === 0
      ? `${figureText(Math.abs(difference), metric.unit).replace('%', ' points')}`
      : `${FINE.format((Math.abs(difference) / Math.abs(previous)) * 100)}%`;
  return {
    text: `${isUp ? 'up' : 'down'} ${size} from ${figureText(previous, metric.unit)}`,
    way: isUp === (metric.direction === 'up') ? 'better' : 'worse',
  };
}

/** How far a figure went, beside what it was: a share by points of it, anything else by its size. */
function moved({ metric, value, previous }: Pick<MetricFigures, 'metric' | 'value' | 'previous'>) {
  if (value === null || previous === null) return 0;
  const difference = Math.abs(value - previous);
  if (metric.unit === 'percent') return difference / 100;
  return previous === 0 ? (difference > 0 ? 1 : 0) : difference / Math.abs(previous);
}

/** Those that moved, the one that moved most first. */
export const movedMost = <T extends Pick<MetricFigures, 'metric' | 'value' | 'previous'>>(
  figures: readonly T[],
  count: number,
): T[] =>
  figures
    .filter((one) => moved(one) > 1e-9)
    .sort((a, b) => moved(b) - moved(a))
    .slice(0, count);

/** Whether a figure is where it should be; null without a target. */
export function targetText({
  metric,
  value,
  target,
}: Pick<MetricFigures, 'metric' | 'value' | 'target'>): {
  text: string;
  isMet: boolean | null;
} | null {
  if (target === null) return null;
  const words = `Target ${figureText(target, metric.unit)}`;
  if (value === null) return { text: words, isMet: null };
  const isMet = metric.direction === 'up' ? value >= target : value <= target;
  return { text: `${words}, ${isMet ? 'met' : 'missed'}`, isMet };
}

/** What to say where there is no figure. */
export function tooLittle({
  metric,
  sample,
  heldFrom,
}: Pick<MetricFigures, 'metric' | 'sample' | 'heldFrom'>): string {
  if (heldFrom) return `Who read is known from ${heldFrom.slice(0, 10)} on`;
  if (metric.isChange) return 'Nothing before to compare with';
  const { minimum, observations } = metric;
  return minimum > 1 && sample > 0
    ? `Too little: ${WHOLE.format(sample)} of ${WHOLE.format(minimum)} needed`
    : `No ${observations} yet`;
}
