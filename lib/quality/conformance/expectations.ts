import type { RuleLike } from '../compile';
import { typesNamed } from './expectation-types';

type Settings = Record<string, unknown>;
/** A rule of ours, or the documented reason for which this kind of expectation is not one. */
export type Mapped = { rule: RuleLike } | { reason: string };

/** Kinds of expectation that are not offered, and why. */
const NOT_OFFERED: Record<string, string> = {
  expect_column_chisquare_test_p_value_to_be_greater_than:
    'hypothesis test: `distribution` bounds the distance between shares, which does not shrink with the number of rows',
  expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than:
    'hypothesis test against a formula: `distribution` and `statistic` are used instead',
  expect_column_pair_cramers_phi_value_to_be_less_than:
    'association of two columns: not a rule that says which rows are bad',
  expect_column_kl_divergence_to_be_less_than:
    'divergence of a histogram: `distribution` bounds the distance between shares',
  expect_column_bootstrapped_ks_test_p_value_to_be_greater_than:
    'hypothesis test by resampling: its outcome is drawn by lot',
  expect_column_values_to_match_json_schema:
    'JSON Schema inside a cell: nested types belong to the contract’s schema',
};

const between = (t: Settings) => ({
  ...(t.min_value != null && { min: t.min_value }),
  ...(t.max_value != null && { max: t.max_value }),
  ...(t.strict_min === true && { isMinStrict: true }),
  ...(t.strict_max === true && { isMaxStrict: true }),
});
const SKIP: Record<string, string> = {
  either_value_is_missing: 'any_empty',
  any_value_is_missing: 'any_empty',
  both_values_are_missing: 'all_empty',
  all_values_are_missing: 'all_empty',
  neither: 'none',
  never: 'none',
};
const skip = (t: Settings) => ({ skip: SKIP[String(t.ignore_row_if)] ?? 'all_empty' });

/** `mostly`: the share of good rows. */
const mostly = (t: Settings) =>
  typeof t.mostly === 'number' && {
    threshold: {
      mustBeLessOrEqualTo: Math.round((1 - t.mostly) * 1e11) / 1e9,
      unit: 'percent' as const,
    },
  };

const statistic = (name: string) => (t: Settings) => ({
  check: 'statistic',
  config: { statistic: name, ...between(t) },
});
const pattern = (key: string, extra: Settings) => (t: Settings) => ({
  check: 'pattern',
  config: { ...(Array.isArray(t[key]) ? { patterns: t[key] } : { pattern: t[key] }), ...extra },
});
const listed = (t: Settings, fallback: string) => ({ match: t.match_on ?? fallback });
type Maker = (t: Settings) => { check: string; config?: Settings; column?: string | null };

const MAKERS: Record<string, Maker> = {
  expect_column_distinct_values_to_be_in_set: (t) => distinct(t, 'within'),
  expect_column_distinct_values_to_contain_set: (t) => distinct(t, 'contains'),
  expect_column_distinct_values_to_equal_set: (t) => distinct(t, 'equals'),
  expect_column_most_common_value_to_be_in_set: (t) => distinct(t, 'most_common'),
  expect_column_max_to_be_between: statistic('max'),
  expect_column_mean_to_be_between: statistic('mean'),
  expect_column_median_to_be_between: statistic('median'),
  expect_column_min_to_be_between: statistic('min'),
  expect_column_sum_to_be_between: statistic('sum'),
  expect_column_stdev_to_be_between: statistic('stdev'),
  expect_column_unique_value_count_to_be_between: statistic('distinct_count'),
  expect_column_proportion_of_unique_values_to_be_between: statistic('distinct_share'),
  expect_column_value_lengths_to_be_between: (t) => ({ check: 'length', config: between(t) }),
  expect_column_value_lengths_to_equal: (t) => ({
    check: 'length',
    config: { min: t.value, max: t.value },
  }),
  expect_column_value_z_scores_to_be_less_than: (t) => ({
    check: 'outliers',
    config: { maxDeviations: t.threshold, isDoubleSided: t.double_sided },
  }),
  expect_column_values_to_be_between: (t) => ({ check: 'range', config: between(t) }),
  expect_column_values_to_be_dateutil_parseable: () => ({
    check: 'parseable',
    config: { as: 'timestamp' },
  }),
  expect_column_values_to_be_json_parseable: () => ({ check: 'parseable', config: { as: 'json' } }),
  expect_column_values_to_match_strftime_format: (t) => ({
    check: 'parseable',
    config: { as: 'format', format: t.strftime_format },
  }),
  expect_column_values_to_be_increasing: (t) => sequence(t, 'increasing'),
  expect_column_values_to_be_decreasing: (t) => sequence(t, 'decreasing'),
  expect_column_values_to_be_in_set: (t) => ({
    check: 'accepted_values',
    config: { values: t.value_set },
  }),
  expect_column_values_to_not_be_in_set: (t) => ({
    check: 'rejected_values',
    config: { values: t.value_set },
  }),
  expect_column_values_to_be_null: () => ({ check: 'is_null' }),
  expect_column_values_to_not_be_null: () => ({ check: 'not_null' }),
  expect_column_values_to_be_unique: () => ({ check: 'unique', config: { count: 'rows' } }),
  expect_compound_columns_to_be_unique: (t) => ({
    check: 'unique',
    config: { columns: t.column_list, count: 'rows', ...skip(t) },
  }),
  expect_column_values_to_match_regex: pattern('regex', {}),
  expect_column_values_to_not_match_regex: pattern('regex', { match: 'none' }),
  expect_column_values_to_match_regex_list: (t) => pattern('regex_list', listed(t, 'any'))(t),
  expect_column_values_to_not_match_regex_list: pattern('regex_list', { match: 'none' }),
  expect_column_values_to_match_like_pattern: pattern('like_pattern', { language: 'like' }),
  expect_column_values_to_not_match_like_pattern: pattern('like_pattern', {
    language: 'like',
    match: 'none',
  }),
  expect_column_values_to_match_like_pattern_list: (t) =>
    pattern('like_pattern_list', { language: 'like', ...listed(t, 'any') })(t),
  expect_column_values_to_not_match_like_pattern_list: pattern('like_pattern_list', {
    language: 'like',
    match: 'none',
  }),
  expect_column_pair_values_A_to_be_greater_than_B: (t) => ({
    check: 'compare',
    column: String(t.column_A),
    config: {
      comparison: t.or_equal ? 'greater_or_equal' : 'greater',
      other: t.column_B,
      ...skip(t),
    },
  }),
  expect_column_pair_values_to_be_equal: (t) => ({
    check: 'compare',
    column: String(t.column_A),
    config: { comparison: 'equal', other: t.column_B, ...skip(t) },
  }),
  expect_column_pair_values_to_be_in_set: (t) => ({
    check: 'value_pairs',
    column: String(t.column_A),
    config: { other: t.column_B, pairs: t.value_pairs_set, ...skip(t) },
  }),
  expect_multicolumn_sum_to_equal: (t) => ({
    check: 'row_sum',
    config: { columns: t.column_list, total: t.sum_total, ...skip(t) },
  }),
  expect_select_column_values_to_be_unique_within_record: (t) => ({
    check: 'distinct_in_row',
    config: { columns: t.column_list, ...skip(t) },
  }),
  expect_column_to_exist: (t) => ({
    check: 'columns',
    column: null,
    config: {
      names: [t.column],
      match: t.column_index == null ? 'at_least' : 'in_order',
      ...(t.column_index != null && { match: 'at_least', position: t.column_index }),
    },
  }),
  expect_table_column_count_to_be_between: (t) => ({ check: 'columns', config: between(t) }),
  expect_table_column_count_to_equal: (t) => ({
    check: 'columns',
    config: { min: t.value, max: t.value },
  }),
  expect_table_columns_to_match_ordered_list: (t) => ({
    check: 'columns',
    config: { names: t.column_list, match: 'in_order' },
  }),
  expect_table_columns_to_match_set: (t) => ({
    check: 'columns',
    config: { names: t.column_set, match: t.exact_match === false ? 'at_least' : 'exactly' },
  }),
  expect_table_row_count_to_be_between: (t) => ({ check: 'row_count', config: between(t) }),
  expect_table_row_count_to_equal: (t) => ({
    check: 'row_count',
    config: { min: t.value, max: t.value },
  }),
  expect_table_row_count_to_equal_other_table: (t) => ({
    check: 'reconcile',
    config: { product: `other/${String(t.other_table_name).replaceAll('_', '-')}` },
  }),
  unexpected_rows_expectation: (t) => ({
    check: 'sql',
    config: { sql: String(t.unexpected_rows_query).replaceAll('{batch}', 'data'), gives: 'rows' },
  }),
};

const distinct = (t: Settings, relation: string) => ({
  check: 'distinct_values',
  config: { values: t.value_set, relation },
});
const sequence = (t: Settings, direction: string) => ({
  check: 'sequence',
  config: { direction, ...(t.strictly === true && { isStrict: true }) },
});

const rule = (check: string, column: string | null, config: Settings): RuleLike => ({
  name: 'case',
  check,
  column,
  config,
});

/** `y == 9 & x != "a"` as conditions; null for a language of another kind. */
function whereOf(t: Settings): unknown[] | null {
  if (t.condition_parser !== 'pandas') return null;
  const parts = String(t.row_condition)
    .split('&')
    .map((part) => /^\s*\(?\s*(\w+)\s*(==|!=|<=|>=|<|>)\s*("[^"]*"|[\d.]+)\s*\)?\s*$/.exec(part));
  if (parts.some((part) => part === null)) return null;
  const NAMES: Record<string, string> = {
    '==': 'eq',
    '!=': 'neq',
    '<': 'lt',
    '<=': 'lte',
    '>': 'gt',
    '>=': 'gte',
  };
  return parts.map((part) => ({
    column: part?.[1],
    is: NAMES[part?.[2] ?? ''],
    value: JSON.parse(part?.[3] ?? 'null'),
  }));
}

/** An expectation with its settings as a rule. */
export function ruleOfExpectation(expectation: string, t: Settings): Mapped {
  const reason = NOT_OFFERED[expectation];
  if (reason) return { reason };
  if (
    expectation.startsWith('expect_column_values_to_be_in_type') ||
    expectation === 'expect_column_values_to_be_of_type'
  ) {
    const types = typesNamed(Array.isArray(t.type_list) ? t.type_list : [t.type_]);
    if (types.length === 0) return { reason: 'a type name that only one engine knows' };
    return { rule: rule('type', String(t.column), { types }) };
  }
  if (expectation === 'expect_column_quantile_values_to_be_between') {
    return { reason: 'several quantiles in one rule: each is a rule of its own, tried one by one' };
  }
  const made = MAKERS[expectation]?.(t);
  if (!made) return { reason: `unknown expectation ${expectation}` };
  const where = t.row_condition === undefined ? undefined : whereOf(t);
  // A condition in a language that nobody reads is refused, there as here.
  const conditions = where === null ? [{ column: '', is: 'eq' }] : where;
  const column =
    made.column === undefined ? ((t.column as string | undefined) ?? null) : made.column;
  return {
    rule: rule(made.check, column, {
      ...made.config,
      ...mostly(t),
      ...(conditions && { where: conditions }),
    }),
  };
}

/** Each of several quantiles as its own rule. */
export function quantileRules(t: Settings): RuleLike[] {
  const { quantiles, value_ranges: ranges } = t.quantile_ranges as {
    quantiles: number[];
    value_ranges: (number | null)[][];
  };
  return quantiles.map((quantile, at) =>
    rule('statistic', String(t.column), {
      statistic: 'quantile',
      quantile,
      min: ranges[at]?.[0] ?? null,
      max: ranges[at]?.[1] ?? null,
    }),
  );
}
