import { z } from 'zod';
import { durationToMs, parseDuration, parseThreshold, quoteIdent, quoteLiteral } from '@/lib/specs';

/** Aggregates over the whole snapshot: rows that break the rule, and rows that were looked at. */
export interface CompiledCheck {
  failing: string;
  checked: string;
}
interface Check<C> {
  title: string;
  needsColumn: boolean;
  config: z.ZodType<C>;
  compile(column: string, config: C): CompiledCheck;
  /** What the rule says, for people. */
  describe(column: string | null, config: C): string;
}
const defineCheck = <C>(check: Check<C>): Check<C> => check;

const PRESENT = (column: string) => `count(${column})`;
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const bound = z.union([z.number(), z.string().max(100)]);
const literal = (value: string | number | boolean) =>
  typeof value === 'string' ? quoteLiteral(value) : String(value);

const notNull = defineCheck({
  title: 'Not empty',
  needsColumn: true,
  config: z.looseObject({}),
  compile: (column) => ({ failing: `count(*) - count(${column})`, checked: 'count(*)' }),
  describe: (column) => `${column} has a value in every row`,
});

const unique = defineCheck({
  title: 'Unique',
  needsColumn: true,
  config: z.looseObject({}),
  compile: (column) => ({
    failing: `count(${column}) - count(distinct ${column})`,
    checked: PRESENT(column),
  }),
  describe: (column) => `${column} never repeats`,
});

const acceptedValues = defineCheck({
  title: 'Accepted values',
  needsColumn: true,
  config: z.looseObject({ values: z.array(scalar).min(1).max(1000) }),
  compile: (column, { values }) => ({
    failing: `count(*) filter (where ${column} is not null and cast(${column} as varchar) not in (${values
      .map((value) => `cast(${literal(value)} as varchar)`)
      .join(', ')}))`,
    checked: PRESENT(column),
  }),
  describe: (column, { values }) => `${column} is one of ${values.slice(0, 8).join(', ')}`,
});

const range = defineCheck({
  title: 'Range',
  needsColumn: true,
  config: z
    .looseObject({ min: bound.nullish(), max: bound.nullish() })
    .refine(({ min, max }) => min != null || max != null, { error: 'Give min, max or both' }),
  compile: (column, { min, max }) => {
    const broken = [
      min == null ? [] : `${column} < ${literal(min)}`,
      max == null ? [] : `${column} > ${literal(max)}`,
    ].flat();
    return {
      failing: `count(*) filter (where ${broken.join(' or ')})`,
      checked: PRESENT(column),
    };
  },
  describe: (column, { min, max }) =>
    `${column} is ${[min == null ? '' : `at least ${min}`, max == null ? '' : `at most ${max}`].filter(Boolean).join(' and ')}`,
});

const pattern = defineCheck({
  title: 'Pattern',
  needsColumn: true,
  config: z
    .looseObject({ pattern: z.string().min(1).max(500).optional(), regex: z.string().optional() })
    .refine((config) => config.pattern ?? config.regex, { error: 'Give a pattern' }),
  compile: (column, config) => ({
    failing: `count(*) filter (where ${column} is not null and not regexp_matches(cast(${column} as varchar), ${quoteLiteral(config.pattern ?? config.regex ?? '')}))`,
    checked: PRESENT(column),
  }),
  describe: (column, config) => `${column} matches ${config.pattern ?? config.regex}`,
});

const rowCount = defineCheck({
  title: 'Row count',
  needsColumn: false,
  config: z.looseObject({ min: z.number().nullish(), max: z.number().nullish() }),
  compile: (_column, { min, max }) => {
    const broken = [
      min == null ? [] : `count(*) < ${min}`,
      max == null ? [] : `count(*) > ${max}`,
    ].flat();
    return {
      failing: broken.length > 0 ? `case when ${broken.join(' or ')} then 1 else 0 end` : '0',
      checked: '1',
    };
  },
  describe: (_column, { min, max }) =>
    `The number of rows is ${[min == null ? '' : `at least ${min}`, max == null ? '' : `at most ${max}`].filter(Boolean).join(' and ')}`,
});

const age = z.union([z.string(), z.number()]);
const freshness = defineCheck({
  title: 'Freshness',
  needsColumn: true,
  config: z
    .looseObject({ maxAge: age.optional(), maxAgeHours: z.number().positive().optional() })
    .refine((config) => maxAgeMs(config) !== null, {
      error: 'Give maxAge as a length of time, for example 1_day',
    }),
  compile: (column, config) => ({
    failing: `case when max(${column}) is null or date_diff('millisecond', cast(max(${column}) as timestamp), cast(now() at time zone 'UTC' as timestamp)) > ${maxAgeMs(config)} then 1 else 0 end`,
    checked: '1',
  }),
  describe: (column, config) =>
    `The newest ${column} is at most ${Math.round((maxAgeMs(config) ?? 0) / 3_600_000)} hours old`,
});

function maxAgeMs(config: { maxAge?: string | number; maxAgeHours?: number }): number | null {
  if (config.maxAgeHours) return config.maxAgeHours * 3_600_000;
  if (config.maxAge === undefined) return null;
  const parsed = parseDuration(config.maxAge) ?? parseThreshold(config.maxAge);
  if (!parsed || parsed.unit === 'percent' || parsed.unit === 'number') return null;
  return Math.round(durationToMs({ value: parsed.value, unit: parsed.unit }));
}

export const CHECKS = {
  not_null: notNull,
  unique,
  accepted_values: acceptedValues,
  range,
  pattern,
  row_count: rowCount,
  freshness,
} as const;
export type CheckName = keyof typeof CHECKS;

export interface RuleLike {
  name: string;
  check: string;
  column: string | null;
  config: unknown;
}

/** The rule as aggregates, or in words why it cannot be checked. */
export function compileRule(
  rule: RuleLike,
  columns: ReadonlySet<string>,
): CompiledCheck | { problem: string } {
  const found = checkOf(rule);
  if ('problem' in found) return found;
  if (!found.check.needsColumn) return found.check.compile('', found.config);
  if (!rule.column) return { problem: `The check ${rule.check} needs a column.` };
  if (!columns.has(rule.column)) return { problem: `There is no column "${rule.column}".` };
  return found.check.compile(quoteIdent(rule.column), found.config);
}

export function describeRule(rule: RuleLike): string {
  const found = checkOf(rule);
  return 'problem' in found ? found.problem : found.check.describe(rule.column, found.config);
}

function checkOf(rule: RuleLike): { check: Check<never>; config: never } | { problem: string } {
  if (!Object.hasOwn(CHECKS, rule.check)) {
    return { problem: `"${rule.check}" is not a known check.` };
  }
  const check = CHECKS[rule.check as CheckName] as unknown as Check<never>;
  const config = check.config.safeParse(rule.config ?? {});
  if (config.success) return { check, config: config.data };
  return { problem: `The rule's settings are not valid: ${config.error.issues[0]?.message}.` };
}

/** Why a rule cannot be checked on these columns, for the form that edits it; null when it can. */
export function ruleProblem(rule: RuleLike, columns: ReadonlySet<string>): string | null {
  const compiled = compileRule(rule, columns);
  return 'problem' in compiled ? compiled.problem : null;
}
