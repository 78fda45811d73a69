import { z } from 'zod';
import { type FieldType, quoteIdent, type SchemaField } from '@/lib/specs';
import { type Columns, type Compiled, literal, scalar } from './checks/define-check';
import { type AnyCheck, CHECKS, type CheckName } from './checks/registry';
import { type Threshold, thresholdSchema, thresholdWords } from './threshold';

export interface RuleLike {
  name: string;
  check: string;
  column: string | null;
  config: unknown;
}

/** Settings that every check takes beside its own. */
const commonConfig = z.looseObject({
  threshold: thresholdSchema.optional(),
  enforcement: z.enum(['warning', 'error']).default('error'),
  /** Only rows for which all of these hold are looked at. */
  where: z
    .array(
      z.strictObject({
        column: z.string().min(1).max(300),
        is: z.enum(['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'empty', 'not_empty']),
        value: z.union([scalar, z.array(scalar).max(1000)]).optional(),
      }),
    )
    .max(20)
    .optional(),
});
type Where = NonNullable<z.infer<typeof commonConfig>['where']>;

export interface CompiledRule {
  compiled: Compiled;
  threshold: Threshold;
  enforcement: 'warning' | 'error';
  /** A condition in SQL on the rows that the rule looks at, or null. */
  where: string | null;
}
interface ParsedRule {
  check: AnyCheck;
  config: unknown;
  common: z.infer<typeof commonConfig>;
}
type Problem = { problem: string };

/** Nothing may break the rule. */
const NONE: Threshold = { mustBe: 0, unit: 'rows', of: 'looked' };

function parseRule(rule: RuleLike): ParsedRule | Problem {
  if (!Object.hasOwn(CHECKS, rule.check))
    return { problem: `"${rule.check}" is not a known check.` };
  const check: AnyCheck = CHECKS[rule.check as CheckName];
  const common = commonConfig.safeParse(rule.config ?? {});
  const config = check.config.safeParse(rule.config ?? {});
  const issue = common.error?.issues[0] ?? config.error?.issues[0];
  if (issue) {
    const at = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    return { problem: `The rule's settings are not valid: ${at}${issue.message}.` };
  }
  return { check, config: config.data, common: common.data! };
}

/** Products other than the rule's own that it reads, by address. */
export function sourcesOf(rule: RuleLike): string[] {
  const parsed = parseRule(rule);
  if ('problem' in parsed) return [];
  return [...new Set(parsed.check.sources?.(parsed.config as never) ?? [])];
}

/** The rule as SQL, or in words why it cannot be checked on these columns. */
export function compileRule(
  rule: RuleLike,
  columns: Columns,
  relationOf: (address: string) => string = () => 'unknown_relation',
): CompiledRule | Problem {
  const parsed = parseRule(rule);
  if ('problem' in parsed) return parsed;
  const { check, config, common } = parsed;
  if (check.needsColumn && !rule.column) {
    return { problem: `The check ${rule.check} needs a column.` };
  }
  const named = [
    ...(rule.column ? [rule.column] : []),
    ...(check.columnsOf?.(config as never) ?? []),
    ...(common.where ?? []).map((one) => one.column),
  ];
  const missing = named.find((name) => !columns.has(name));
  if (missing !== undefined) return { problem: `There is no column "${missing}".` };
  try {
    const compiled = check.compile({
      column: rule.column ? quoteIdent(rule.column) : '',
      columnName: rule.column ?? '',
      columns,
      type: rule.column ? (columns.get(rule.column) ?? null) : null,
      config: config as never,
      relationOf,
    });
    const own = check.threshold?.(config as never) ?? null;
    return {
      compiled,
      threshold: common.threshold ?? own ?? NONE,
      enforcement: common.enforcement,
      where: common.where ? whereSql(common.where) : null,
    };
  } catch (error) {
    return { problem: `${(error as Error).message.replace(/\.$/, '')}.` };
  }
}

const SIGNS = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function whereSql(where: Where): string {
  return where
    .map(({ column, is, value }) => {
      const name = quoteIdent(column);
      if (is === 'empty') return `${name} is null`;
      if (is === 'not_empty') return `${name} is not null`;
      if (value === undefined) throw new Error(`The condition on ${column} needs a value`);
      const list = Array.isArray(value) ? value : [value];
      if (is === 'in') return `${name} in (${list.map(literal).join(', ')})`;
      if (list.length !== 1) throw new Error(`The condition on ${column} takes one value`);
      return `${name} ${SIGNS[is]} ${literal(list[0]!)}`;
    })
    .map((condition) => `(${condition})`)
    .join(' and ');
}

/** What the rule says, for people, or what is wrong with it. */
export function describeRule(rule: RuleLike): string {
  const parsed = parseRule(rule);
  if ('problem' in parsed) return parsed.problem;
  const { check, config, common } = parsed;
  const says = check.describe(rule.column ?? '', config as never);
  return common.threshold ? `${says} (${thresholdWords(common.threshold)})` : says;
}

export const columnsOf = (schema: readonly SchemaField[]): Columns =>
  new Map(schema.map((field) => [field.name, field.type]));

/** Why a rule cannot be checked on these columns, for the form that edits it; null when it can. */
export function ruleProblem(
  rule: RuleLike,
  columns: ReadonlySet<string> | ReadonlyMap<string, FieldType | null>,
): string | null {
  const known: Columns =
    columns instanceof Map ? columns : new Map([...columns.keys()].map((name) => [name, null]));
  const compiled = compileRule(rule, known);
  return 'problem' in compiled ? compiled.problem : null;
}
