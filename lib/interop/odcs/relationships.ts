import type { Findings, Path } from '../findings';
import { type Check, type Group, group, list, oneOf, show } from '../shape';
import type { Parts } from './common';

/** `table.column`, and deeper. */
export const SHORTHAND = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/;
/** `schema/<id>/properties/<id>`, in another file when that stands before `#`. */
export const QUALIFIED =
  /^(?:(?:https?:\/\/)?[\w.\-/]+\.yaml#)?\/?[A-Za-z_]\w*\/[\w-]+(?:\/[A-Za-z_]\w*\/[\w-]+)*$/;

const one: Check = (value, path, out) => {
  if (typeof value === 'string' && (SHORTHAND.test(value) || QUALIFIED.test(value))) return;
  out.error(
    path,
    'bad-format',
    `${show(value)} is no reference. Write table.column, or schema/<id>/properties/<id>.`,
  );
};
const several = list(one, 1);
const reference: Check = (value, path, out) =>
  Array.isArray(value) ? several(value, path, out) : one(value, path, out);

function sameForm({ from, to }: Group, path: Path, out: Findings): void {
  if (Array.isArray(from) === Array.isArray(to)) return;
  const message = 'One side names one column and the other a list. Write both the same way.';
  out.error([...path, 'to'], 'uneven-key', message);
}

export function relationshipChecks({ customProperties }: Parts): {
  ofSchema: Check;
  ofProperty: Check;
} {
  const known = { type: oneOf(['foreignKey']), to: reference, customProperties };
  return {
    ofSchema: group({
      what: 'a relationship of a schema object',
      known: { ...known, from: reference },
      required: ['from', 'to'],
      whole: sameForm,
    }),
    ofProperty: group({
      what: 'a relationship of a property, which is its own "from"',
      known,
      required: ['to'],
    }),
  };
}
