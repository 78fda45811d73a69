import { CLASSIFICATIONS, type ProductSpec, type QualityRule } from '@/lib/specs';
import type { Compatibility, ContractChange, Move } from './change';
import {
  constraintMove,
  isConstraint,
  kindOf,
  pairUp,
  same,
  shown,
  thresholdMove,
} from './compare';

const PROMISE: Record<Move, Compatibility> = {
  tighter: 'compatible',
  looser: 'breaking',
  other: 'breaking',
  same: 'documentation',
};
const HOW: Record<Move, string> = {
  tighter: 'more is promised',
  looser: 'less is promised',
  other: 'the two cannot be compared, so it counts as less',
  same: 'the same in other words',
};

/** Service-level objectives, whatever they are called. */
export function sloChanges(
  before: ProductSpec['slo'],
  after: ProductSpec['slo'],
): ContractChange[] {
  const [old, now] = [(before ?? {}) as Part, (after ?? {}) as Part];
  return changedKeys(old, now).map((key) => {
    const move = thresholdMove(old[key], now[key]);
    const [was, is] = [shown(old[key] ?? 'none'), shown(now[key] ?? 'none')];
    const message = `The objective "${key}" goes from ${was} to ${is}: ${HOW[move]}.`;
    return change(`slo.${key}`, old[key], now[key], PROMISE[move], message);
  });
}

type Part = Record<string, unknown>;

const changedKeys = (before: Part, after: Part): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !same(before[key], after[key]),
  );

function change(
  path: string,
  before: unknown,
  after: unknown,
  compatibility: Compatibility,
  message: string,
  column?: string,
): ContractChange {
  const kind = kindOf(before, after);
  return { path, kind, before, after, compatibility, message, ...(column && { column }) };
}

const ruleKey = (rule: QualityRule): string =>
  rule.name ?? [rule.check, rule.column, ...(rule.columns ?? [])].filter(Boolean).join(' ');

export function qualityChanges(
  before: readonly QualityRule[] = [],
  after: readonly QualityRule[] = [],
): ContractChange[] {
  return pairUp(before, after, ruleKey).flatMap(({ key, before: old, after: now }) => {
    const path = `quality.${key}`;
    const column = (old ?? now)?.column;
    if (!old) {
      const message = `The quality rule "${key}" is new.`;
      return [change(path, undefined, now, 'compatible', message, column)];
    }
    if (!now) {
      const message = `The quality rule "${key}" is gone: what it checked is promised no more.`;
      return [change(path, old, undefined, 'breaking', message, column)];
    }
    return ruleChanges(key, old, now);
  });
}

const ENFORCED = ['warning', 'error'];
/** Of a rule these are words; everything else is what it promises. */
const RULE_WORDS = new Set(['reason', 'description', 'dimension', 'name']);

function ruleChanges(name: string, before: QualityRule, after: QualityRule): ContractChange[] {
  return changedKeys(before, after).flatMap((key) => {
    const [old, now] = [before[key], after[key]];
    if (key === 'params') return paramChanges(name, (old ?? {}) as Part, (now ?? {}) as Part);
    const move = ruleMove(key, old, now);
    const message = RULE_WORDS.has(key)
      ? `The quality rule "${name}" is described anew.`
      : `"${key}" of the quality rule "${name}" goes from ${shown(old ?? 'none')} to ${shown(now ?? 'none')}: ${HOW[move]}.`;
    return [change(`quality.${name}.${key}`, old, now, PROMISE[move], message, before.column)];
  });
}

function ruleMove(key: string, before: unknown, after: unknown): Move {
  if (RULE_WORDS.has(key)) return 'same';
  if (key === 'threshold') return thresholdMove(before, after);
  if (key !== 'enforcement') return 'other';
  return ENFORCED.indexOf(String(after)) > ENFORCED.indexOf(String(before)) ? 'tighter' : 'looser';
}

function paramChanges(name: string, before: Part, after: Part): ContractChange[] {
  return changedKeys(before, after).map((key) => {
    const [old, now] = [before[key], after[key]];
    const move = isConstraint(key) ? constraintMove(key, old, now) : 'other';
    const message = `"${key}" of the quality rule "${name}" goes from ${shown(old ?? 'none')} to ${shown(now ?? 'none')}: ${HOW[move]}.`;
    return change(`quality.${name}.params.${key}`, old, now, PROMISE[move], message);
  });
}

type Port = NonNullable<ProductSpec['outputPorts']>[number];
const EVERY_FORMAT = ['json', 'ndjson', 'csv', 'parquet'];

export function portChanges(before: readonly Port[] = [], after: readonly Port[] = []) {
  return pairUp(before, after, (port) => port.name).flatMap(({ key, before: old, after: now }) => {
    const path = `outputPorts.${key}`;
    if (!old) return [change(path, old, now, 'compatible', `The output port "${key}" is new.`)];
    if (!now) return [change(path, old, now, 'breaking', `The output port "${key}" is gone.`)];
    return changedKeys(old, now).flatMap((part) => portPart(key, part, old, now));
  });
}

function portPart(name: string, part: string, before: Port, after: Port): ContractChange[] {
  const path = `outputPorts.${name}.${part}`;
  if (part === 'formats') {
    const [old, now] = [before.formats ?? EVERY_FORMAT, after.formats ?? EVERY_FORMAT];
    return pairUp(old, now, String).flatMap(({ key, before: had, after: has }) =>
      had && has
        ? []
        : [
            change(
              `${path}.${key}`,
              had,
              has,
              has ? 'compatible' : 'breaking',
              `The output port "${name}" ${has ? 'also answers' : 'answers no more'} as ${key}.`,
            ),
          ],
    );
  }
  const isWords = part === 'description';
  const message = isWords
    ? `The output port "${name}" is described anew.`
    : `"${part}" of the output port "${name}" is changed from ${shown(before[part] ?? 'none')} to ${shown(after[part] ?? 'none')}.`;
  const compatibility = isWords ? 'documentation' : part === 'type' ? 'breaking' : 'compatible';
  return [change(path, before[part], after[part], compatibility, message)];
}

type Access = NonNullable<ProductSpec['access']>[number];

/** Who the contract says may do what. */
export function accessChanges(before: readonly Access[] = [], after: readonly Access[] = []) {
  return pairUp(before, after, (rule) => rule.role).flatMap(({ key, before: old, after: now }) =>
    pairUp<string>(old?.permissions ?? [], now?.permissions ?? [], String).flatMap((permission) =>
      permission.before && permission.after
        ? []
        : [
            change(
              `access.${key}.${permission.key}`,
              permission.before,
              permission.after,
              permission.after ? 'compatible' : 'breaking',
              `${key} ${permission.after ? 'may' : 'may no more'} ${permission.key}.`,
            ),
          ],
    ),
  );
}

export function classificationChanges(before: unknown, after: unknown): ContractChange[] {
  if (before === after) return [];
  const levels: readonly unknown[] = CLASSIFICATIONS;
  const rank = (level: unknown) => levels.indexOf(level);
  const isStricter = rank(after) > rank(before);
  const message = isStricter
    ? `The data is ${shown(after)} now, not ${shown(before ?? 'unclassified')}: fewer people may read it.`
    : `The data is ${shown(after ?? 'unclassified')} now, not ${shown(before)}.`;
  return [change('classification', before, after, isStricter ? 'breaking' : 'compatible', message)];
}
