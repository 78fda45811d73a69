import type { SchemaField } from '@/lib/specs';
import type { RenameHint } from './change';

const typeKey = ({ type, precision, scale, timezone, items, fields }: SchemaField): string =>
  JSON.stringify([type, precision, scale, timezone, items, fields]);

const sourceOf = (field: SchemaField): string =>
  typeof field.sourceName === 'string' ? field.sourceName : field.name;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

type Clue = (from: Placed, to: Placed) => string | null;
interface Placed {
  field: SchemaField;
  at: number;
}

/** The strongest first; each names what speaks for a rename. */
const CLUES: Clue[] = [
  ({ field: from }, { field: to }) =>
    sourceOf(from) === sourceOf(to)
      ? `both are read from the source’s column "${sourceOf(to)}"`
      : null,
  ({ field: from }, { field: to }) =>
    plain(from.name) === plain(to.name) && plain(to.name) !== ''
      ? 'the names differ only in case or punctuation'
      : null,
  ({ field: from }, { field: to }) =>
    from.description && from.description === to.description ? 'they are described alike' : null,
  (from, to) => (from.at === to.at ? 'they stand in the same place' : null),
];

/**
 * Removed fields that may live on under another name: the same type, and a reason. Each field is named once at most.
 * A hint changes nothing of the verdict.
 */
export function renameHints(
  before: readonly SchemaField[],
  after: readonly SchemaField[],
): RenameHint[] {
  const kept = new Set(after.map(({ name }) => name));
  const known = new Set(before.map(({ name }) => name));
  const gone = before
    .map((field, at) => ({ field, at }))
    .filter(({ field }) => !kept.has(field.name));
  const came = after
    .map((field, at) => ({ field, at }))
    .filter(({ field }) => !known.has(field.name));
  if (gone.length === 0 || came.length === 0) return [];
  const open = Map.groupBy(came, ({ field }) => typeKey(field));
  const hints: RenameHint[] = [];
  const done = new Set<string>();
  for (const clue of CLUES) {
    for (const from of gone) {
      if (done.has(from.field.name)) continue;
      const found = open
        .get(typeKey(from.field))
        ?.map((to) => ({ to, because: clue(from, to) }))
        .find(({ to, because }) => because !== null && !done.has(`→${to.field.name}`));
      if (!found?.because) continue;
      done.add(from.field.name).add(`→${found.to.field.name}`);
      hints.push({ from: from.field.name, to: found.to.field.name, because: found.because });
    }
  }
  return hints;
}
