import { z } from 'zod';
import { type DataProduct, isDuration, parseThreshold, printQuantity } from '@/lib/specs';
import type { DraftRule } from './draft-data';

type WrittenRule = NonNullable<DataProduct['spec']['quality']>[number];
type Config = DraftRule['config'];

/** Checks whose settings list columns, and where; any other is about one, and several columns are a rule each. */
export const COLUMNS_SETTING: Readonly<Record<string, string>> = {
  ...{ unique: 'columns', distinct_in_row: 'columns', row_sum: 'columns', columns: 'names' },
};
/** Checks of one figure: their threshold is about that figure, not about rows. */
export const CHECKS_OF_A_FIGURE: ReadonlySet<string> = new Set([
  ...['row_count', 'distinct_values', 'statistic', 'reconcile', 'freshness', 'distribution', 'sql'],
]);
const params = z.record(z.string(), z.json());

/**
 * The rules that a rule of a DataProduct document stands for, as they are run: `threshold`, `enforcement` and
 * `columns` may stand beside `params`, which win.
 */
export function rulesOfDocument(rule: WrittenRule, index: number): DraftRule[] {
  const { check, column, columns = [], enforcement, threshold } = rule;
  const list = Object.hasOwn(COLUMNS_SETTING, check) ? COLUMNS_SETTING[check] : undefined;
  const config: Config = {
    ...(threshold !== undefined && thresholdOf(threshold, check)),
    ...(enforcement && { enforcement }),
    ...(list && columns.length > 0 && { [list]: columns }),
    ...params.safeParse(rule.params ?? {}).data,
  };
  const base = {
    dimension: typeof rule.dimension === 'string' ? rule.dimension : (rule.metric ?? 'accuracy'),
    ...{ check, config, reason: rule.reason ?? '' },
  };
  const name = rule.name ?? [column, check, index + 1].filter(Boolean).join(' ');
  if (list || column || columns.length === 0) {
    return [{ name, ...base, ...(column && { column }) }];
  }
  return columns.map((one) => ({
    name: columns.length === 1 ? name : `${name} (${one})`.slice(0, 200),
    ...{ ...base, column: one },
  }));
}

const OF_A_FIGURE = {
  '<': 'mustBeLessThan',
  '<=': 'mustBeLessOrEqualTo',
  '>': 'mustBeGreaterThan',
  '>=': 'mustBeGreaterOrEqualTo',
  '=': 'mustBe',
} as const;
type Operator = keyof typeof OF_A_FIGURE;

/**
 * `95%` is the share of rows that have to be good, `< 5%` that of bad ones; `>= 1000` is about the figure of a check
 * that has one, and about bad rows otherwise; `< 1 day` is an age.
 */
function thresholdOf(raw: string | number, check: string): Config {
  const quantity = parseThreshold(raw);
  if (!quantity) return {};
  const { value, operator, unit } = quantity;
  if (isDuration(quantity)) {
    return check === 'freshness' ? { maxAge: printQuantity({ value, unit }) } : {};
  }
  const isFigure = CHECKS_OF_A_FIGURE.has(check);
  const isShare = unit === 'percent' || (!operator && value <= 100 && !isFigure);
  if (isFigure || !isShare) return { threshold: { [OF_A_FIGURE[operator ?? '>=']]: value } };
  const rest = Number((100 - value).toPrecision(12));
  const bad: Record<Operator, Config> = {
    '<': { mustBeLessThan: value },
    '<=': { mustBeLessOrEqualTo: value },
    '>': { mustBeLessThan: rest },
    '>=': { mustBeLessOrEqualTo: rest },
    '=': { mustBe: rest },
  };
  return { threshold: { ...bad[operator ?? '>='], unit: 'percent' } };
}
