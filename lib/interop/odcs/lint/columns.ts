import type { Findings, Path } from '../../findings';
import { type Group, groupsIn, isGroup, show, textOf } from '../../shape';
import { eachProperty, objectsOf } from '../walk';

const BOUNDS = [
  ['minLength', 'maxLength'],
  ['minimum', 'maximum'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** Keys, and options that contradict the type or one another. */
export function lintColumns(contract: Group, out: Findings): void {
  for (const { object, path } of objectsOf(contract)) {
    lintPositions(object, path, 'primaryKey', out);
    lintPositions(object, path, 'partitioned', out);
    eachProperty(object, path, (property, at) => {
      if (isGroup(property.logicalTypeOptions)) lintOptions(property, at, out);
      if (property.primaryKey === true && property.required === false) {
        const message =
          'A primary key is never empty, but required is false. Write required: true.';
        out.warn([...at, 'required'], 'optional-key', message);
      }
    });
  }
}

function lintPositions(
  object: Group,
  path: Path,
  flag: 'primaryKey' | 'partitioned',
  out: Findings,
): void {
  const key = flag === 'primaryKey' ? 'primaryKeyPosition' : 'partitionKeyPosition';
  const taken = new Map<number, unknown>();
  for (const { entry, index } of groupsIn(object.properties)) {
    const position = entry[key];
    if (typeof position !== 'number' || position < 0) continue;
    const at = [...path, 'properties', index, key];
    if (entry[flag] !== true) {
      out.warn(
        at,
        'position-without-key',
        `There is a position but ${flag} is not true. Set it, or remove ${key}.`,
      );
    } else if (taken.has(position)) {
      const message = `Position ${position} is taken by ${show(taken.get(position))}. Number the columns of the key 1, 2, 3.`;
      out.error(at, 'duplicate-position', message);
    }
    if (entry[flag] === true) taken.set(position, entry.name);
  }
}

function lintOptions(property: Group, path: Path, out: Findings): void {
  const options = property.logicalTypeOptions as Group;
  const at = (key: string): Path => [...path, 'logicalTypeOptions', key];
  for (const [low, high] of BOUNDS) {
    const [least, most] = [options[low], options[high]];
    const isCrossed =
      (typeof least === 'number' && typeof most === 'number' && least > most) ||
      (isDay(least) && isDay(most) && least > most);
    if (isCrossed) {
      const message = `${low} ${show(least)} is above ${high} ${show(most)}, so no value fits. Swap or correct them.`;
      out.error(at(high), 'contradicting-options', message);
    }
  }
  lintOpenBounds(options, at, out);
  if (textOf(options.format)) lintIntegerFormat(options, at, out);
  const pattern = textOf(options.pattern);
  if (pattern !== undefined && !isPattern(pattern)) {
    const message =
      'The pattern is not a regular expression that is understood here, so it cannot be checked.';
    out.warn(at('pattern'), 'bad-pattern', message);
  }
  lintRequiredMembers(property, options, at, out);
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

export function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function lintOpenBounds(options: Group, at: (key: string) => Path, out: Findings): void {
  const { exclusiveMinimum: above, exclusiveMaximum: below, minimum, maximum } = options;
  const least = typeof above === 'number' ? above : minimum;
  const most = typeof below === 'number' ? below : maximum;
  const isOpen = typeof above === 'number' || typeof below === 'number';
  if (isOpen && typeof least === 'number' && typeof most === 'number' && least >= most) {
    const message = `Nothing lies between ${least} and ${most}. Correct the bounds.`;
    out.error(
      at(typeof below === 'number' ? 'exclusiveMaximum' : 'exclusiveMinimum'),
      'contradicting-options',
      message,
    );
  }
}

function lintIntegerFormat(options: Group, at: (key: string) => Path, out: Findings): void {
  const match = /^([iu])(8|16|32|64|128)$/.exec(String(options.format));
  if (!match) return;
  const bits = Number(match[2]);
  const low = match[1] === 'u' ? 0 : -(2 ** (bits - 1));
  const high = 2 ** (match[1] === 'u' ? bits : bits - 1) - 1;
  for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']) {
    const bound = options[key];
    if (typeof bound !== 'number' || (bound >= low && bound <= high)) continue;
    const message = `${bound} does not fit into ${match[0]}, which holds ${low} to ${high}.`;
    out.error(at(key), 'contradicting-options', message);
  }
}

function lintRequiredMembers(
  property: Group,
  options: Group,
  at: (key: string) => Path,
  out: Findings,
): void {
  const members = groupsIn(property.properties).map(({ entry }) => entry.name);
  if (!Array.isArray(options.required) || members.length === 0) return;
  options.required.forEach((name, index) => {
    if (members.includes(name)) return;
    const message = `The object has no property ${show(name)}. Name one that it has.`;
    out.error([...at('required'), index], 'dangling-reference', message);
  });
}
