import type { DraftField, DraftRule } from './draft-data';

const sourceOf = (field: DraftField): string => field.sourceName ?? field.name;

/**
 * The inferred schema with what somebody had already written about a column of the same name: another
 * file of the same shape, or a changed statement, costs no work.
 */
export function mergeFields(
  held: readonly DraftField[] | undefined,
  inferred: readonly DraftField[],
): DraftField[] {
  const known = new Map((held ?? []).map((field) => [sourceOf(field), field]));
  return inferred.map((field) => {
    const before = known.get(sourceOf(field));
    if (!before) return field;
    const { name, description, pii, primaryKey, required, unique } = before;
    const notes = Object.entries({ description, pii, primaryKey, required, unique });
    return {
      ...field,
      name,
      ...Object.fromEntries(notes.filter(([, value]) => value !== undefined)),
    };
  });
}

/** Rules for the columns as they are called in the product; those of columns that are gone go. */
export function rulesFor(rules: readonly DraftRule[], fields: readonly DraftField[]): DraftRule[] {
  const names = new Map(fields.map((field) => [sourceOf(field), field.name]));
  return rules.flatMap((rule) => {
    if (rule.column === undefined) return [rule];
    const column = names.get(rule.column);
    return column === undefined ? [] : [{ ...rule, column }];
  });
}

/** A renamed column takes its rules along. */
export function renameInRules(rules: readonly DraftRule[], from: string, to: string): DraftRule[] {
  return rules.map((rule) => (rule.column === from ? { ...rule, column: to } : rule));
}
