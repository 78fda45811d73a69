import type { FieldType } from '@/lib/specs';
import type { Dimension } from './checks/define-check';
import type { RuleLike } from './compile';
import { OPERATOR_NAMES, type Threshold, thresholdSchema } from './threshold';

/** A quality item of an Open Data Contract Standard document, as it was read. */
export type OdcsQuality = Record<string, unknown>;

export interface OdcsPlace {
  /** The table that the item stands in, as the contract calls it. */
  table: string;
  /** The property that it stands in; null for one about the whole table. */
  column: string | null;
  type?: FieldType | null;
  /** Names under which the contract's own SQL may read the table. */
  names?: string[];
}
export interface OdcsRule extends RuleLike {
  dimension: Dimension;
  reason: string;
  config: Record<string, unknown>;
}
export type OdcsMapped = { rule: OdcsRule } | { reason: string };

/** `rule` of 3.0 documents → `metric` of 3.1. */
const METRIC_OF_RULE: Record<string, string> = {
  nullCheck: 'nullValues',
  nullCount: 'nullValues',
  missingCount: 'missingValues',
  validValues: 'invalidValues',
  invalidCount: 'invalidValues',
  uniqueCheck: 'duplicateValues',
  duplicateCount: 'duplicateValues',
  duplicate: 'duplicateValues',
};
const DIMENSION_OF: Record<string, Dimension> = {
  conformity: 'accuracy',
  coverage: 'completeness',
  timeliness: 'freshness',
  accuracy: 'accuracy',
  completeness: 'completeness',
  consistency: 'consistency',
  uniqueness: 'uniqueness',
};

/**
 * A quality item of ODCS (3.0.x and 3.1) as a rule of ours, or the reason why it cannot be run. `library` and `sql`
 * items run; `text` is for people and `custom` for somebody else's engine.
 */
export function ruleOfOdcs(item: OdcsQuality, place: OdcsPlace): OdcsMapped {
  const metric = text(item.metric) ?? metricOfRule(text(item.rule));
  const type = text(item.type) ?? (metric ? 'library' : text(item.query) ? 'sql' : 'text');
  if (type === 'text')
    return { reason: 'It is a description for people; there is nothing to run.' };
  if (type === 'custom') {
    return {
      reason: `It is written for the engine ${text(item.engine) ?? 'of another tool'}, which is not run here.`,
    };
  }
  if (type !== 'library' && type !== 'sql')
    return { reason: `"${type}" is not a type of the standard.` };
  const threshold = thresholdOf(item);
  if ('reason' in threshold) return threshold;
  const mapped =
    type === 'sql' ? ofSql(item, place) : ofMetric(metric ?? '', item, place, threshold.value);
  if ('reason' in mapped) return mapped;
  const named = text(item.dimension);
  const severity = text(item.severity)?.toLowerCase();
  const label = [place.column, metric ?? 'query'].filter(Boolean).join(' ');
  return {
    rule: {
      name: text(item.name) ?? text(item.description)?.slice(0, 180) ?? label,
      check: mapped.check,
      column: mapped.column,
      dimension: (named && DIMENSION_OF[named]) || mapped.dimension,
      reason: text(item.description)?.slice(0, 500) ?? '',
      config: {
        ...mapped.config,
        threshold: threshold.value,
        ...(severity === 'warning' || severity === 'info' ? { enforcement: 'warning' } : {}),
      },
    },
  };
}

const metricOfRule = (rule: string | null): string | null =>
  rule === null ? null : (METRIC_OF_RULE[rule] ?? rule);
const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

function thresholdOf(item: OdcsQuality): { value: Threshold } | { reason: string } {
  const given = OPERATOR_NAMES.filter((name) => item[name] !== undefined && item[name] !== null);
  if (given.length === 0) {
    return {
      reason: `It says nothing about when it is met. Add one of ${OPERATOR_NAMES.join(', ')}.`,
    };
  }
  const unit = text(item.unit) ?? 'rows';
  if (!['rows', 'row', 'percent', '%'].includes(unit)) {
    return {
      reason: `Its unit "${unit}" is not one that can be measured here. Use rows or percent.`,
    };
  }
  const parsed = thresholdSchema.safeParse({
    ...Object.fromEntries(given.map((name) => [name, item[name]])),
    unit: unit === 'percent' || unit === '%' ? 'percent' : 'rows',
    // The standard's percentages are of all rows of the table.
    of: 'all',
  });
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  return { reason: `${issue?.path.join('.') || 'Its threshold'}: ${issue?.message}.` };
}

type Part =
  | { check: string; column: string | null; dimension: Dimension; config: Record<string, unknown> }
  | { reason: string };

function ofMetric(
  metric: string,
  item: OdcsQuality,
  { column }: OdcsPlace,
  threshold: { unit: 'rows' | 'percent' },
): Part {
  const given = (item.arguments ?? {}) as Record<string, unknown>;
  // In 3.0 the values stood beside the rule.
  const valid = given.validValues ?? item.validValues;
  const needsColumn = { reason: `The metric ${metric} is about a property. Write it below one.` };
  switch (metric) {
    case 'rowCount':
      if (threshold.unit === 'percent') return { reason: 'A number of rows has no percentage.' };
      return { check: 'row_count', column: null, dimension: 'volume', config: {} };
    case 'nullValues':
      if (!column) return needsColumn;
      return { check: 'not_null', column, dimension: 'completeness', config: {} };
    case 'missingValues': {
      if (!column) return needsColumn;
      const missing = given.missingValues ?? [null, ''];
      return { check: 'missing_values', column, dimension: 'completeness', config: { missing } };
    }
    case 'invalidValues':
      return column ? ofInvalid(column, valid, given) : needsColumn;
    case 'duplicateValues': {
      const listed = Array.isArray(given.properties) ? given.properties.map(String) : null;
      if (!column && !listed) {
        return {
          reason: 'Name the properties that may not repeat together: arguments.properties.',
        };
      }
      const count = threshold.unit === 'percent' ? 'repeats' : 'values';
      return {
        check: 'unique',
        column: listed ? null : column,
        dimension: 'uniqueness',
        config: { count, ...(listed && { columns: listed.map(lastName) }) },
      };
    }
    default:
      return { reason: `"${metric}" is not a metric of the standard.` };
  }
}

/** `table.property` or `property`. */
const lastName = (name: string) => name.split('.').at(-1) ?? name;

function ofInvalid(column: string, valid: unknown, given: Record<string, unknown>): Part {
  const base = { column, dimension: 'accuracy' as const };
  if (Array.isArray(valid)) {
    return { ...base, check: 'accepted_values', config: { values: valid } };
  }
  const pattern = text(given.pattern) ?? text(given.regex);
  if (pattern) return { ...base, check: 'pattern', config: { pattern } };
  const min = given.min ?? given.minimum;
  const max = given.max ?? given.maximum;
  if (min !== undefined || max !== undefined) {
    return { ...base, check: 'range', config: { min, max } };
  }
  return {
    reason: 'It does not say what is valid. Add arguments.validValues or arguments.pattern.',
  };
}

const OWN_ROWS = new Set(['table', 'model', 'object', 'dataset']);
const PREFIX = /\$?\{(?:schema|database|catalog|project)\}\s*\.\s*/g;

/** The placeholders of the standard stand for the table and the property. */
function ofSql(item: OdcsQuality, { column, table, names = [] }: OdcsPlace): Part {
  const query = text(item.query);
  if (!query) return { reason: 'It has no query.' };
  let unknown: string | null = null;
  const sql = query.replace(PREFIX, '').replace(/\$?\{(\w+)\}/g, (whole, name: string) => {
    if (OWN_ROWS.has(name)) return 'data';
    const isColumn = name === 'column' || name === 'property' || name === 'field';
    if (isColumn && column) return `"${column.replaceAll('"', '""')}"`;
    unknown ??= whole;
    return whole;
  });
  if (unknown) return { reason: `Nothing fills the placeholder ${unknown} of its query.` };
  const own = [...new Set([table, ...names])].filter((name) => /^[A-Za-z_]\w{0,62}$/.test(name));
  return { check: 'sql', column: null, dimension: 'accuracy', config: { sql, names: own } };
}

/** What a property demands of every value, beside its quality items: presence, uniqueness, length, range, form. */
export function constraintsOfOdcs(property: OdcsQuality): OdcsRule[] {
  const column = text(property.name);
  if (!column) return [];
  const options = (property.logicalTypeOptions ?? {}) as Record<string, unknown>;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = options;
  const isStrict = (bound: unknown) => bound === true || typeof bound === 'number';
  const low = typeof exclusiveMinimum === 'number' ? exclusiveMinimum : minimum;
  const high = typeof exclusiveMaximum === 'number' ? exclusiveMaximum : maximum;
  const bounds = {
    ...(low != null && { min: low, isMinStrict: isStrict(exclusiveMinimum) }),
    ...(high != null && { max: high, isMaxStrict: isStrict(exclusiveMaximum) }),
  };
  const lengths = {
    ...(options.minLength != null && { min: options.minLength }),
    ...(options.maxLength != null && { max: options.maxLength }),
  };
  const rule = (check: string, dimension: Dimension, config: Record<string, unknown> = {}) => ({
    name: `${column} ${check.replaceAll('_', ' ')}`,
    check,
    column,
    dimension,
    reason: 'The contract’s schema says so.',
    config,
  });
  return [
    ...(property.required === true ? [rule('not_null', 'completeness')] : []),
    ...(property.unique === true ? [rule('unique', 'uniqueness')] : []),
    ...(Object.keys(bounds).length > 0 ? [rule('range', 'accuracy', bounds)] : []),
    ...(Object.keys(lengths).length > 0 ? [rule('length', 'accuracy', lengths)] : []),
    ...(text(options.pattern)
      ? [rule('pattern', 'accuracy', { pattern: text(options.pattern) })]
      : []),
  ];
}
