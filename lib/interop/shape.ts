import { nearest } from '@/lib/serving/nearest';
import type { Findings, Path } from './findings';

/** Looks at one value of a document and says what is wrong with it. */
export type Check = (value: unknown, path: Path, out: Findings) => void;
export type Group = Record<string, unknown>;

export interface Shape {
  /** What the group is, for messages: "a server of type s3". */
  what: string;
  known: Record<string, Check>;
  required?: readonly string[];
  /** Fields beside the known ones are allowed. */
  isOpen?: boolean;
  /** What no single field shows. */
  whole?: (group: Group, path: Path, out: Findings) => void;
}

export const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const groupsIn = (value: unknown): { entry: Group; index: number }[] =>
  Array.isArray(value)
    ? value.flatMap((entry, index) => (isGroup(entry) ? [{ entry, index }] : []))
    : [];
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const kindOf = (value: unknown): string => {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of fields';
  return `${show(value)}, which is ${typeof value === 'string' ? 'text' : typeof value === 'number' ? 'a number' : 'true or false'}`;
};
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

function wrongType(value: unknown, needed: string, path: Path, out: Findings): void {
  const hint =
    needed === 'text' && (typeof value === 'number' || typeof value === 'boolean')
      ? `. Put it in quotes: "${value}"`
      : value === null
        ? '. Fill it in, or remove the field'
        : `. Write ${needed}`;
  out.error(path, 'wrong-type', `This is ${kindOf(value)}, but ${needed} is needed${hint}.`);
}

const simple =
  (needed: string, fits: (value: unknown) => boolean): Check =>
  (value, path, out) => {
    if (!fits(value)) wrongType(value, needed, path, out);
  };

export const text = simple('text', (value) => typeof value === 'string');
export const flag = simple('true or false', (value) => typeof value === 'boolean');
export const number = simple('a number', (value) => typeof value === 'number');
export const integer = simple('a whole number', Number.isInteger);
export const natural = simple(
  'a whole number from 0 on',
  (value) => Number.isInteger(value) && (value as number) >= 0,
);
export const positive = simple(
  'a number above 0',
  (value) => typeof value === 'number' && value > 0,
);
export const scalar = simple(
  'a single value',
  (value) => typeof value !== 'object' || value === null,
);
export const openGroup = simple('a group of fields', isGroup);
export const anything: Check = () => undefined;

export const oneOf =
  (values: readonly string[]): Check =>
  (value, path, out) => {
    if (typeof value !== 'string') return wrongType(value, 'text', path, out);
    if (values.includes(value)) return;
    const near = nearest(value, values);
    const help = near
      ? `Did you mean ${near}? Known are `
      : values.length === 1
        ? 'Write '
        : 'Use one of ';
    out.error(
      path,
      'unknown-value',
      `${show(value)} is not known here. ${help}${values.join(', ')}.`,
    );
  };

export const matching =
  (pattern: RegExp, help: string): Check =>
  (value, path, out) => {
    if (typeof value !== 'string') wrongType(value, 'text', path, out);
    else if (!pattern.test(value)) out.error(path, 'bad-format', `${show(value)}: ${help}.`);
  };

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
/** Real documents hold placeholders and globs where the standards ask for a URI, so it is only a warning. */
export const uri: Check = (value, path, out) => {
  if (typeof value !== 'string') wrongType(value, 'text', path, out);
  else if (!SCHEME.test(value) || /[{}<>"\\^`|]/.test(value)) {
    out.warn(
      path,
      'not-a-uri',
      `${show(value)} is not a URI. Write one with its scheme, such as https://….`,
    );
  }
};

const isCalendarDate = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(time).toISOString().startsWith(text);
};
const safely = (test: (text: string) => boolean) => (value: string) => {
  try {
    return test(value);
  } catch {
    return false;
  }
};
export const date: Check = (value, path, out) => {
  if (typeof value !== 'string') return wrongType(value, 'text', path, out);
  if (safely(isCalendarDate)(value)) return;
  out.error(path, 'bad-date', `${show(value)} is not a date. Write it as 2026-01-31.`);
};
const INSTANT =
  /^(\d{4}-\d\d-\d\d)[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/;
export const instant: Check = (value, path, out) => {
  if (typeof value !== 'string') return wrongType(value, 'text', path, out);
  const day = INSTANT.exec(value)?.[1];
  if (day && safely(isCalendarDate)(day)) return;
  out.error(path, 'bad-date', `${show(value)} is not a time. Write it as 2026-01-31T12:00:00Z.`);
};

export const list =
  (item: Check, min = 0): Check =>
  (value, path, out) => {
    if (!Array.isArray(value)) return wrongType(value, 'a list', path, out);
    if (value.length < min) {
      out.error(
        path,
        'too-few',
        `The list needs at least ${min} ${min === 1 ? 'entry' : 'entries'}.`,
      );
    }
    value.forEach((entry, index) => {
      item(entry, [...path, index], out);
    });
  };

/** A list whose entries differ. */
export const distinctList = (item: Check, min = 0): Check => {
  const each = list(item, min);
  return (value, path, out) => {
    each(value, path, out);
    if (!Array.isArray(value)) return;
    const seen = new Set<string>();
    value.forEach((entry, index) => {
      const key = JSON.stringify(entry);
      if (seen.has(key)) {
        out.error(
          [...path, index],
          'duplicate',
          'This entry stands here twice. Remove one of them.',
        );
      }
      seen.add(key);
    });
  };
};

/** A group of named fields, of one shape or of the shape that the group itself asks for. */
export const group =
  (shape: Shape | ((value: Group) => Shape)): Check =>
  (value, path, out) => {
    if (!isGroup(value)) return wrongType(value, 'a group of fields', path, out);
    const {
      what,
      known,
      required = [],
      isOpen,
      whole,
    } = typeof shape === 'function' ? shape(value) : shape;
    for (const name of required) {
      if (Object.hasOwn(value, name)) continue;
      out.error([...path, name], 'missing', `Missing: ${what} needs ${name}. Add it.`);
    }
    for (const [name, child] of Object.entries(value)) {
      const check = Object.hasOwn(known, name) ? known[name] : undefined;
      if (check) check(child, [...path, name], out);
      else if (!isOpen) unknownField(name, what, Object.keys(known), path, out);
    }
    whole?.(value, path, out);
  };

function unknownField(
  name: string,
  what: string,
  known: string[],
  path: Path,
  out: Findings,
): void {
  const near = nearest(name, known);
  const help = near
    ? `Did you mean ${near}?`
    : known.includes('customProperties')
      ? 'Move it to customProperties, or remove it.'
      : 'Remove it.';
  out.error([...path, name], 'unknown-field', `${show(name)} is not a field of ${what}. ${help}`);
}
