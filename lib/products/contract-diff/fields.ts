import type { FieldShape, SchemaField } from '@/lib/specs';
import { type ContractChange, compatibilityOf, type Direction } from './change';
import { constraintMove, isConstraint, kindOf, pairUp, same, shown } from './compare';

/** Where a list of fields stands: its path, and the column that holds it. */
interface Place {
  path: string;
  column?: string;
  direction: Direction;
}

/** Changes of a list of fields, members of structs and items of arrays included. */
export function fieldChanges(
  before: readonly SchemaField[],
  after: readonly SchemaField[],
  place: Place,
): ContractChange[] {
  if (same(before, after)) return [];
  const changes = pairUp(before, after, (field) => field.name).flatMap((pair) => {
    const here = {
      path: `${place.path}.${pair.key}`,
      column: place.column ?? pair.key,
      direction: place.direction,
    };
    if (!pair.before) return [added(pair.after!, here)];
    if (!pair.after) return [removed(pair.before, here)];
    return same(pair.before, pair.after) ? [] : changed(pair.before, pair.after, here);
  });
  return [...changes, ...reordered(before, after, place)];
}

type Here = Required<Place>;

const nameAt = ({ path }: Here): string => path.replace(/^schema\./, '');

function added(field: SchemaField, here: Here): ContractChange {
  const isDemand = here.direction === 'both' && field.required === true;
  return {
    path: here.path,
    kind: 'added',
    after: field,
    compatibility: isDemand ? 'breaking' : 'compatible',
    message: isDemand
      ? `The field "${nameAt(here)}" (${typeText(field)}) is new and required: whoever sends rows must fill it.`
      : `The field "${nameAt(here)}" (${typeText(field)}) is new.`,
    column: here.column,
  };
}

function removed(field: SchemaField, here: Here): ContractChange {
  return {
    path: here.path,
    kind: 'removed',
    before: field,
    compatibility: 'breaking',
    message: `The field "${nameAt(here)}" (${typeText(field)}) is gone.`,
    column: here.column,
  };
}

const SHAPE_KEYS = new Set(['name', 'type', 'precision', 'scale', 'timezone', 'items', 'fields']);

function changed(before: SchemaField, after: SchemaField, here: Here): ContractChange[] {
  const changes = shapeChanges(before, after, here);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of keys) {
    if (SHAPE_KEYS.has(key) || same(before[key], after[key])) continue;
    changes.push(...attributeChanges(key, before[key], after[key], here));
  }
  return changes;
}

/** Type promotions after which every old value reads the same (Apache Iceberg spec, "Schema Evolution"). */
function isWidening(before: FieldShape, after: FieldShape): boolean {
  if (before.type === 'integer' && after.type === 'long') return true;
  if (before.type === 'float' && after.type === 'double') return true;
  if (before.type !== 'decimal' || after.type !== 'decimal') return false;
  const [old, now] = [decimalOf(before), decimalOf(after)];
  return now.scale === old.scale && now.precision > old.precision;
}

const decimalOf = ({ precision = 18, scale }: FieldShape) => ({
  precision,
  scale: scale ?? Math.min(4, precision),
});

function shapeChanges(before: FieldShape, after: FieldShape, here: Here): ContractChange[] {
  if (before.type === 'struct' && after.type === 'struct') {
    return fieldChanges(before.fields ?? [], after.fields ?? [], here);
  }
  if (before.type === 'array' && after.type === 'array') {
    const path = `${here.path}[]`;
    const [old, now] = [before.items ?? STRING, after.items ?? STRING];
    return same(old, now) ? [] : shapeChanges(old, now, { ...here, path });
  }
  const [old, now] = [typeText(before), typeText(after)];
  if (old === now) return [];
  const isWider = isWidening(before, after);
  return [
    {
      path: `${here.path}.type`,
      kind: 'changed',
      before: old,
      after: now,
      compatibility: isWider && here.direction === 'output' ? 'compatible' : 'breaking',
      message: isWider
        ? `The field "${nameAt(here)}" is widened from ${old} to ${now}; every old value reads the same.`
        : `The field "${nameAt(here)}" changes its type from ${old} to ${now}.`,
      column: here.column,
    },
  ];
}

const STRING: FieldShape = { type: 'string' };

/** A type as people write it: `decimal(12,2)`, `array of string`, `timestamp with time zone`. */
function typeText(shape: FieldShape): string {
  if (shape.type === 'decimal') {
    const { precision, scale } = decimalOf(shape);
    return `decimal(${precision},${scale})`;
  }
  if (shape.type === 'timestamp' && shape.timezone) return 'timestamp with time zone';
  if (shape.type === 'array') return `array of ${typeText(shape.items ?? STRING)}`;
  return shape.type;
}

type Attribute = (
  before: unknown,
  after: unknown,
  name: string,
  direction: Direction,
) => Pick<ContractChange, 'compatibility' | 'message'>;

const flag =
  (cameTighter: boolean, came: string, went: string): Attribute =>
  (_before, after, name, direction) => {
    const move = (after === true) === cameTighter ? 'tighter' : 'looser';
    const message = `The field "${name}" ${after === true ? came : went}.`;
    return { compatibility: compatibilityOf(move, direction), message };
  };

const ATTRIBUTES: Record<string, Attribute> = {
  required: flag(true, 'always has a value now', 'may be empty now'),
  unique: flag(true, 'never repeats a value now', 'may repeat a value now'),
  pii: (_before, after, name) => ({
    compatibility: after === true ? 'breaking' : 'compatible',
    message:
      after === true
        ? `The field "${name}" is personal data now: policies may hide it, and whoever keeps it has duties.`
        : `The field "${name}" is personal data no more.`,
  }),
  primaryKey: (_before, after, name) => ({
    compatibility: 'breaking',
    message:
      after === true
        ? `The field "${name}" is part of the key now: rows are told apart by other columns than before.`
        : `The field "${name}" is part of the key no more: rows are told apart by other columns than before.`,
  }),
  description: (_before, _after, name) => ({
    compatibility: 'documentation',
    message: `The description of the field "${name}" is written anew.`,
  }),
  sourceName: (before, after, name) => ({
    compatibility: 'compatible',
    message: `The field "${name}" is read from ${after === undefined ? 'the column of its own name' : `"${shown(after)}"`}${before === undefined ? '' : `, not from "${shown(before)}"`}.`,
  }),
};

/** An absent flag is a flag that is off. */
const isOff = (value: unknown) => value === undefined || value === false;

function attributeChanges(
  key: string,
  before: unknown,
  after: unknown,
  here: Here,
): ContractChange[] {
  const path = `${here.path}.${key}`;
  const base = { path, kind: kindOf(before, after), before, after, column: here.column };
  const attribute = Object.hasOwn(ATTRIBUTES, key) ? ATTRIBUTES[key] : undefined;
  if (attribute) {
    if (isOff(before) && isOff(after)) return [];
    return [{ ...base, ...attribute(before, after, nameAt(here), here.direction) }];
  }
  if (key === 'logicalTypeOptions') return optionChanges(before, after, here);
  if (isConstraint(key)) return [constraintChange(key, base, here)];
  const message = `"${key}" of the field "${nameAt(here)}" ${VERB[base.kind]}.`;
  return [{ ...base, compatibility: 'documentation', message }];
}

const VERB = { added: 'is new', removed: 'is gone', changed: 'is changed' } as const;

function constraintChange(
  key: string,
  base: Omit<ContractChange, 'compatibility' | 'message'>,
  here: Here,
): ContractChange {
  const move = constraintMove(key, base.before, base.after);
  const [old, now] = [shown(base.before ?? 'none'), shown(base.after ?? 'none')];
  const meaning = {
    tighter: 'fewer values may occur',
    looser: 'values may occur that did not before',
    other: 'which of the two allows more cannot be told',
    same: 'the same values in other words',
  }[move];
  return {
    ...base,
    compatibility: compatibilityOf(move, here.direction),
    message: `"${key}" of the field "${nameAt(here)}" goes from ${old} to ${now}: ${meaning}.`,
  };
}

type Options = Record<string, unknown>;

/** ODCS keeps constraints in an object of their own. */
function optionChanges(before: unknown, after: unknown, here: Here): ContractChange[] {
  const [old, now] = [(before ?? {}) as Options, (after ?? {}) as Options];
  const inside = { ...here, path: here.path };
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => !same(old[key], now[key]))
    .flatMap((key) => attributeChanges(key, old[key], now[key], inside));
}

function reordered(
  before: readonly SchemaField[],
  after: readonly SchemaField[],
  { path, column }: Place,
): ContractChange[] {
  const [old, now] = [new Set(before.map(({ name }) => name)), after.map(({ name }) => name)];
  const kept = new Set(now);
  const was = [...old].filter((name) => kept.has(name));
  const is = now.filter((name) => old.has(name));
  if (was.every((name, at) => is[at] === name)) return [];
  return [
    {
      path: `${path}.(order)`,
      kind: 'changed',
      before: was,
      after: is,
      compatibility: 'compatible',
      message: `The order of the columns${column ? ` of "${column}"` : ''} changes; only readers that count columns notice.`,
      ...(column && { column }),
    },
  ];
}
