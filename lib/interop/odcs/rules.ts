import type { DraftRule } from '@/lib/products/draft-data';
import { ruleOfOdcs } from '@/lib/quality/odcs';
import { isSame } from '../known';
import { type Group, groupsIn, isGroup, textOf } from '../shape';
import { operatorsIn } from './quality-checks';

/** Where an item stands: the schema object, and the property when it is about one. */
export interface RulePlace {
  table: string;
  column: string | null;
}
export type MappedRule = { rule: DraftRule } | { reason: string };

/** Where a rule that the standard's own words cannot say is kept, so that it reads back as it was. */
const OWN = 'portolanRule';
const DIMENSIONS: Record<string, string> = {
  freshness: 'timeliness',
  validity: 'conformity',
  volume: 'coverage',
};
const STANDARD = ['accuracy', 'completeness', 'consistency', 'uniqueness'];
const METRIC_OF_RULE: Record<string, string> = {
  nullCheck: 'nullValues',
  nullCount: 'nullValues',
  duplicateCount: 'duplicateValues',
  uniqueCheck: 'duplicateValues',
  validValues: 'invalidValues',
  invalidCount: 'invalidValues',
};

/** The metric of a rule of the library, whichever version names it. */
export const metricOf = (item: Group): string | undefined => {
  const rule = textOf(item.metric) ?? textOf(item.rule);
  return rule && (METRIC_OF_RULE[rule] ?? rule);
};

/**
 * The one place that turns a quality item of ODCS into a rule that is run here, or says why it stays
 * documentation. What allows no bad row becomes a plain check; thresholds and SQL are for `lib/quality`.
 */
export function ruleOfItem(item: Group, place: RulePlace): MappedRule {
  const own = ownRule(item, place);
  if (own) return { rule: own };
  const type = textOf(item.type) ?? (metricOf(item) ? 'library' : 'text');
  const plain = type === 'library' ? ofMetric(item, place) : null;
  if (!plain || 'reason' in plain) return ofQuality(item, place);
  const label = [place.column ?? place.table, plain.title].join(' ');
  return {
    rule: {
      name: (textOf(item.name) ?? label).slice(0, 200),
      dimension: dimensionOf(textOf(item.dimension)) ?? plain.dimension,
      check: plain.check,
      ...(plain.column && { column: plain.column }),
      config: plain.config,
      reason: textOf(item.description)?.slice(0, 500) ?? '',
    },
  };
}

function ofQuality(item: Group, place: RulePlace): MappedRule {
  const mapped = ruleOfOdcs(item, place);
  if ('reason' in mapped) return mapped;
  const { name, dimension, check, column, config, reason } = mapped.rule;
  return {
    rule: {
      name: name.slice(0, 200),
      dimension,
      check,
      ...(column && { column }),
      config: config as DraftRule['config'],
      reason,
    },
  };
}

const dimensionOf = (word: string | undefined): string | undefined =>
  Object.entries(DIMENSIONS).find(([, standard]) => standard === word)?.[0] ?? word;

function ownRule(item: Group, { column }: RulePlace): DraftRule | null {
  const kept = groupsIn(item.customProperties).find(({ entry }) => entry.property === OWN)?.entry
    .value;
  if (!isGroup(kept) || typeof kept.check !== 'string' || typeof kept.name !== 'string')
    return null;
  return {
    name: kept.name,
    dimension: textOf(kept.dimension) ?? 'accuracy',
    check: kept.check,
    ...(column && { column }),
    config: (isGroup(kept.config) ? kept.config : {}) as DraftRule['config'],
    reason: textOf(kept.reason) ?? '',
  };
}

type Part =
  | {
      check: string;
      column?: string;
      config: DraftRule['config'];
      dimension: string;
      title: string;
    }
  | { reason: string };

function ofMetric(item: Group, { column }: RulePlace): Part {
  const metric = metricOf(item) ?? '';
  if (metric === 'rowCount') return ofRowCount(item);
  if (!isNone(item)) {
    return {
      reason: 'Some bad rows are allowed, and the checks here allow none. Kept as documentation.',
    };
  }
  const given = isGroup(item.arguments) ? item.arguments : {};
  const [only] =
    Array.isArray(given.properties) && given.properties.length === 1 ? given.properties : [];
  const about = column ?? textOf(only);
  if (!about) return { reason: `${metric || 'This rule'} names no property to look at.` };
  switch (metric) {
    case 'nullValues':
      return {
        check: 'not_null',
        column: about,
        config: {},
        dimension: 'completeness',
        title: 'is present',
      };
    case 'duplicateValues':
      return {
        check: 'unique',
        column: about,
        config: {},
        dimension: 'uniqueness',
        title: 'is unique',
      };
    case 'invalidValues':
      return ofInvalid(item, given, about);
    default:
      return { reason: `"${metric}" is not a metric that is checked here.` };
  }
}

/** In 3.0 the values stood beside the rule. */
function ofInvalid(item: Group, given: Group, column: string): Part {
  const base = { column, dimension: 'accuracy' };
  const values = given.validValues ?? item.validValues;
  const scalars = Array.isArray(values)
    ? values.filter((value) => ['string', 'number', 'boolean'].includes(typeof value))
    : [];
  if (Array.isArray(values) && scalars.length === values.length && values.length > 0) {
    return {
      ...base,
      check: 'accepted_values',
      config: { values: scalars },
      title: 'has known values',
    };
  }
  const pattern = textOf(given.pattern);
  if (pattern) return { ...base, check: 'pattern', config: { pattern }, title: 'has its form' };
  return { reason: 'It does not say what is valid.' };
}

/** No bad row at all; a rule of 3.0 without an operator meant that. */
function isNone(item: Group): boolean {
  const [operator] = operatorsIn(item);
  if (operator === undefined) return textOf(item.rule) !== undefined;
  if (operator === 'mustBe' || operator === 'mustBeLessOrEqualTo') return item[operator] === 0;
  return operator === 'mustBeLessThan' && item.unit !== 'percent' && item.mustBeLessThan === 1;
}

function ofRowCount(item: Group): Part {
  const number = (key: string) => (typeof item[key] === 'number' ? (item[key] as number) : null);
  const pair = Array.isArray(item.mustBeBetween) ? item.mustBeBetween : [];
  const above = number('mustBeGreaterThan') ?? (typeof pair[0] === 'number' ? pair[0] : null);
  const below = number('mustBeLessThan') ?? (typeof pair[1] === 'number' ? pair[1] : null);
  const min =
    number('mustBe') ??
    number('mustBeGreaterOrEqualTo') ??
    (above === null ? null : Math.floor(above) + 1);
  const max =
    number('mustBe') ??
    number('mustBeLessOrEqualTo') ??
    (below === null ? null : Math.ceil(below) - 1);
  if (min === null && max === null)
    return { reason: 'It says of no number of rows that it is right.' };
  const config = { ...(min !== null && { min }), ...(max !== null && { max }) };
  return { check: 'row_count', config, dimension: 'volume', title: 'has rows' };
}

/** A rule in the standard's words; what those cannot say is carried along, so that it reads back the same. */
export function itemOfRule(rule: DraftRule, table: string): Group {
  const standard = DIMENSIONS[rule.dimension] ?? rule.dimension;
  const item: Group = {
    name: rule.name,
    ...(rule.reason && { description: rule.reason }),
    ...((STANDARD.includes(standard) || Object.values(DIMENSIONS).includes(standard)) && {
      dimension: standard,
    }),
    ...wordsOf(rule, table),
  };
  const back = ruleOfItem(item, { table, column: rule.column ?? null });
  if ('rule' in back && isSame(back.rule, rule)) return item;
  const { column: _column, ...kept } = rule;
  return { ...item, customProperties: [{ property: OWN, value: kept }] };
}

/** The threshold of a rule in the standard's operators; without one no bad row is allowed. */
function operatorsOf({ threshold }: DraftRule['config']): Group {
  if (!isGroup(threshold)) return { mustBe: 0 };
  const { unit, of: _of, ...operators } = threshold;
  return { ...operators, ...(unit === 'percent' && { unit }) };
}

function wordsOf({ check, config, column }: DraftRule, table: string): Group {
  const operators = operatorsOf(config);
  const metric = (name: string, more: Group = {}) => ({
    type: 'library',
    metric: name,
    ...more,
    ...operators,
  });
  switch (check) {
    case 'not_null':
      return metric('nullValues');
    case 'unique':
      return metric('duplicateValues');
    case 'accepted_values':
      return metric('invalidValues', { arguments: { validValues: config.values } });
    case 'pattern':
      return metric('invalidValues', { arguments: { pattern: config.pattern ?? config.regex } });
    case 'missing_values':
      return metric('missingValues', { arguments: { missingValues: config.missing } });
    case 'sql':
      if (!isGroup(config.threshold)) break;
      return { type: 'sql', query: config.sql, ...operators };
    case 'row_count': {
      if (isGroup(config.threshold)) return metric('rowCount');
      const { min, max } = config as { min?: number | null; max?: number | null };
      const count = { type: 'library', metric: 'rowCount' };
      if (min != null && max != null) {
        return min === max
          ? { ...count, mustBe: min }
          : { ...count, mustBeBetween: [min - 1, max + 1] };
      }
      return min != null
        ? { ...count, mustBeGreaterOrEqualTo: min }
        : { ...count, mustBeLessOrEqualTo: max ?? 0 };
    }
    case 'range':
      return { type: 'sql', query: rangeQuery(column ?? '', config, table), mustBe: 0 };
  }
  const implementation = { check, ...(column && { column }), config };
  return { type: 'custom', engine: 'portolan', implementation };
}

function rangeQuery(column: string, { min, max }: DraftRule['config'], table: string): string {
  const name = (word: string) => `"${word.replaceAll('"', '""')}"`;
  const bound = (value: unknown) =>
    typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
  const broken = [
    ...(min == null ? [] : [`${name(column)} < ${bound(min)}`]),
    ...(max == null ? [] : [`${name(column)} > ${bound(max)}`]),
  ];
  return `SELECT COUNT(*) FROM ${name(table)} WHERE ${broken.join(' OR ') || 'FALSE'}`;
}
