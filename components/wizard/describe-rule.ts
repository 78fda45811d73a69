import type { DraftRule } from '@/lib/products/draft-data';

/** The kinds of rule that a person can add, with what each asks for. */
export const RULE_KINDS = {
  not_null: { title: 'Never empty', dimension: 'completeness', needsColumn: true, asks: 'nothing' },
  unique: { title: 'Never repeats', dimension: 'uniqueness', needsColumn: true, asks: 'nothing' },
  range: { title: 'Within a range', dimension: 'accuracy', needsColumn: true, asks: 'bounds' },
  accepted_values: {
    title: 'One of a list',
    dimension: 'consistency',
    needsColumn: true,
    asks: 'values',
  },
  pattern: {
    title: 'Matches a pattern',
    dimension: 'accuracy',
    needsColumn: true,
    asks: 'pattern',
  },
  row_count: { title: 'Number of rows', dimension: 'volume', needsColumn: false, asks: 'bounds' },
  freshness: { title: 'Fresh enough', dimension: 'freshness', needsColumn: true, asks: 'age' },
} as const;
export type RuleKind = keyof typeof RULE_KINDS;

const bounds = ({ min, max }: DraftRule['config']): string =>
  [min == null ? '' : `at least ${min}`, max == null ? '' : `at most ${max}`]
    .filter(Boolean)
    .join(' and ');

/** What a rule says, for people. */
export function describeDraftRule({ check, column, config, name }: DraftRule): string {
  switch (check) {
    case 'not_null':
      return `${column} is never empty`;
    case 'unique':
      return `${column} never repeats`;
    case 'range':
      return `${column} is ${bounds(config)}`;
    case 'row_count':
      return `The number of rows is ${bounds(config)}`;
    case 'accepted_values': {
      const values = Array.isArray(config.values) ? config.values : [];
      const more = values.length > 6 ? ` or one of ${values.length - 6} more` : '';
      return `${column} is ${values.slice(0, 6).join(', ')}${more}`;
    }
    case 'pattern':
      return `${column} matches ${config.pattern ?? config.regex}`;
    case 'freshness':
      return `The newest ${column} is at most ${String(config.maxAge ?? `${config.maxAgeHours} hours`).replaceAll('_', ' ')} old`;
    default:
      return name;
  }
}
