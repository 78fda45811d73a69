import { isDeepStrictEqual } from 'node:util';
import {
  durationToMs,
  isDuration,
  parseDuration,
  parseThreshold,
  type Quantity,
} from '@/lib/specs';
import type { ContractChange, Move } from './change';

export const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);

export const kindOf = (before: unknown, after: unknown): ContractChange['kind'] =>
  before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';

/** A value as it stands in a sentence: short, on one line. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}

export interface Pair<T> {
  key: string;
  before?: T;
  after?: T;
}

/** Both lists by key, in the order of the newer one, what went last. A key that stands twice is numbered. */
export function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): Pair<T>[] {
  const old = byKey(before, keyOf);
  const pairs: Pair<T>[] = [];
  for (const [key, one] of byKey(after, keyOf)) {
    const held = old.get(key);
    pairs.push({ key, after: one, ...(held !== undefined && { before: held }) });
    old.delete(key);
  }
  for (const [key, one] of old) pairs.push({ key, before: one });
  return pairs;
}

function byKey<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const one of list) {
    const key = keyOf(one);
    let free = key;
    for (let count = 2; map.has(free); count += 1) free = `${key}#${count}`;
    map.set(free, one);
  }
  return map;
}

const INVERSE: Record<Move, Move> = {
  tighter: 'looser',
  looser: 'tighter',
  other: 'other',
  same: 'same',
};

function moved(before: number, after: number, isHigherTighter: boolean): Move {
  if (before === after) return 'same';
  const move: Move = after > before ? 'tighter' : 'looser';
  return isHigherTighter ? move : INVERSE[move];
}

/** Constraints of a field or a quality rule whose strictness can be told, and which way is tighter. */
const BOUNDS: Record<string, 'higher' | 'lower'> = {
  min: 'higher',
  minimum: 'higher',
  exclusiveMinimum: 'higher',
  minLength: 'higher',
  minItems: 'higher',
  max: 'lower',
  maximum: 'lower',
  exclusiveMaximum: 'lower',
  maxLength: 'lower',
  maxItems: 'lower',
  maxAge: 'lower',
  maxAgeHours: 'lower',
};
const SETS = new Set(['enum', 'values', 'acceptedValues']);
const EXACT = new Set(['pattern', 'regex', 'format']);

export const isConstraint = (key: string): boolean =>
  key in BOUNDS || SETS.has(key) || EXACT.has(key);

/** How a constraint moved; one that came is tighter, one that went is looser. */
export function constraintMove(key: string, before: unknown, after: unknown): Move {
  if (same(before, after)) return 'same';
  if (before === undefined || before === null) return 'tighter';
  if (after === undefined || after === null) return 'looser';
  const bound = BOUNDS[key];
  if (bound) {
    const [a, b] = [measure(before), measure(after)];
    return a === null || b === null ? 'other' : moved(a, b, bound === 'higher');
  }
  if (SETS.has(key) && Array.isArray(before) && Array.isArray(after)) return setMove(before, after);
  return 'other';
}

/** Numbers, dates written alike, and lengths of time, as one number each. */
function measure(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const quantity = parseDuration(value) ?? parseThreshold(value);
  if (quantity) return sizeOf(quantity);
  const time = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

function setMove(before: readonly unknown[], after: readonly unknown[]): Move {
  const keyed = (list: readonly unknown[]) => new Set(list.map((one) => JSON.stringify(one)));
  const [old, now] = [keyed(before), keyed(after)];
  const hasNew = [...now].some((one) => !old.has(one));
  const hasGone = [...old].some((one) => !now.has(one));
  if (!hasNew && !hasGone) return 'same';
  return hasNew ? 'looser' : 'tighter';
}

const sizeOf = (quantity: Quantity): number =>
  isDuration(quantity) ? durationToMs(quantity) : quantity.value;

const familyOf = ({ unit }: Quantity): string =>
  unit === 'percent' || unit === 'number' ? 'share' : 'time';

/**
 * How a threshold moved: `>` and shares are tighter when higher, `<` and lengths of time when lower. Two texts of the
 * same quantity are the same.
 */
export function thresholdMove(before: unknown, after: unknown): Move {
  if (before === undefined) return 'tighter';
  if (after === undefined) return 'looser';
  const [a, b] = [quantityOf(before), quantityOf(after)];
  if (!a || !b || familyOf(a) !== familyOf(b)) return same(before, after) ? 'same' : 'other';
  const sides = [sideOf(a), sideOf(b)];
  if (sides[0] !== sides[1] || sides[0] === null) return same(before, after) ? 'same' : 'other';
  return moved(sizeOf(a), sizeOf(b), sides[0] === 'higher');
}

function quantityOf(raw: unknown): Quantity | null {
  if (typeof raw !== 'string' && typeof raw !== 'number') return null;
  return parseThreshold(raw) ?? parseDuration(raw);
}

function sideOf({ operator, unit }: Quantity): 'higher' | 'lower' | null {
  if (operator === '>' || operator === '>=') return 'higher';
  if (operator === '<' || operator === '<=') return 'lower';
  if (operator === '=' || unit === 'number') return null;
  return unit === 'percent' ? 'higher' : 'lower';
}
