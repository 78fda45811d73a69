import type { Findings, Path } from '../findings';
import {
  anything,
  type Check,
  type Group,
  group,
  isGroup,
  number,
  oneOf,
  openGroup,
  type Shape,
  show,
  text,
} from '../shape';
import type { Parts } from './common';

export const METRICS = [
  'nullValues',
  'missingValues',
  'invalidValues',
  'duplicateValues',
  'rowCount',
] as const;
const DIMENSIONS = [
  'accuracy',
  'completeness',
  'conformity',
  'consistency',
  'coverage',
  'timeliness',
  'uniqueness',
] as const;

/** Types that nobody knows are not kept. */
const MAX_SHAPES = 20;

const pair: Check = (value, path, out) => {
  const fits =
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((end) => typeof end === 'number') &&
    value[0] !== value[1];
  if (!fits) {
    out.error(path, 'wrong-type', `${show(value)}: write two different numbers, such as [1, 10].`);
  }
};
const OPERATORS: Record<string, Check> = {
  mustBe: anything,
  mustNotBe: anything,
  mustBeGreaterThan: number,
  mustBeGreaterOrEqualTo: number,
  mustBeLessThan: number,
  mustBeLessOrEqualTo: number,
  mustBeBetween: pair,
  mustNotBeBetween: pair,
};
export const operatorsIn = (rule: Group): string[] =>
  Object.keys(OPERATORS).filter((name) => Object.hasOwn(rule, name));

function exactlyOneOperator(rule: Group, path: Path, out: Findings): void {
  const used = operatorsIn(rule);
  if (used.length === 0) {
    out.error(
      path,
      'missing',
      `Missing: the rule compares with nothing. Add one of ${Object.keys(OPERATORS).join(', ')}.`,
    );
  }
  for (const name of used.slice(1)) {
    const message = `A rule compares once, and ${used[0]} stands here too. Remove one, or write two rules.`;
    out.error([...path, name], 'several-operators', message);
  }
}

/** 3.0 takes a rule without a type for one of the library; since 3.1 its `metric` tells. */
export function isLibraryRule(rule: Group, isStrict: boolean): boolean {
  if (!isStrict) return rule.type === undefined || rule.type === 'library';
  return rule.type === 'library' || typeof rule.metric === 'string';
}

export function qualityCheck(parts: Parts): Check {
  const { isStrict, stableId, tags, customProperties, definitions } = parts;
  const base: Record<string, Check> = {
    ...stableId,
    authoritativeDefinitions: definitions,
    businessImpact: text,
    customProperties,
    description: text,
    dimension: oneOf(DIMENSIONS),
    method: text,
    name: text,
    schedule: text,
    scheduler: text,
    severity: text,
    tags,
    type: oneOf(['text', 'library', 'sql', 'custom']),
    unit: text,
  };
  const library = isStrict
    ? { metric: oneOf(METRICS), rule: text, arguments: openGroup, ...OPERATORS }
    : { rule: text, ...OPERATORS };
  const custom: Record<string, Check> = {
    engine: text,
    implementation: (value, path, out) => {
      if (typeof value === 'string' || isGroup(value)) return;
      out.error(path, 'wrong-type', 'Write the implementation as text or as a group of fields.');
    },
  };
  const shapes = new Map<string, Shape>();
  return group((rule): Shape => {
    const isLibrary = isLibraryRule(rule, isStrict);
    const key = `${isLibrary} ${String(rule.type).slice(0, 20)}`;
    const known = shapes.get(key);
    if (known) return known;
    const isSql = rule.type === 'sql';
    const isCustom = rule.type === 'custom';
    const needed = [
      ...(isLibrary ? [isStrict ? 'metric' : 'rule'] : []),
      ...(isSql ? ['query'] : []),
      ...(isCustom ? ['engine', 'implementation'] : []),
    ];
    const shape: Shape = {
      what: isLibrary
        ? 'a quality rule of the library'
        : `a quality rule${rule.type ? ` of type ${String(rule.type).slice(0, 20)}` : ''}`,
      known: {
        ...base,
        ...(isLibrary && library),
        ...(isSql && { query: text, ...(isStrict && OPERATORS) }),
        ...(isCustom && custom),
      },
      required: needed,
      isOpen: !isStrict,
      ...(isStrict && (isLibrary || isSql) && { whole: exactlyOneOperator }),
    };
    if (shapes.size < MAX_SHAPES) shapes.set(key, shape);
    return shape;
  });
}
