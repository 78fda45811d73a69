import path from 'node:path';
import { db, env } from '@/lib/core';
import { castFailures } from '@/lib/platform/ingest';
import type { CompleteDraft, DraftField } from './draft-data';
import type { StoredProfile } from './upload-view';
import type { ValidatedDraft, ValidateOptions } from './validation';

/** Columns that the source has, and marks that its values allow. */
export function checkFields(
  draft: CompleteDraft,
  columns: ReadonlySet<string> | null,
  { fields, upload }: ValidatedDraft,
): void {
  const profiles = new Map(upload?.profile.map((column) => [column.name, column]));
  for (const [index, field] of draft.fields.entries()) {
    const source = field.sourceName ?? field.name;
    const at = `fields.${index}`;
    if (columns && !columns.has(source)) {
      fields[`${at}.name`] ??= `The source has no column "${source}". Remove the field.`;
    }
    const nulls = profiles.get(source)?.nullCount ?? 0;
    const flag = field.primaryKey ? 'primaryKey' : field.required ? 'required' : null;
    if (flag && nulls > 0) {
      const what = flag === 'primaryKey' ? 'part of the key' : 'required';
      fields[`${at}.${flag}`] ??=
        `"${source}" is empty in ${nulls.toLocaleString('en')} rows, so it cannot be ${what}. Take the mark off or mend the file.`;
    }
  }
}

/** Rules that have names of their own and can be compiled. */
export function checkRules(
  draft: CompleteDraft,
  options: ValidateOptions,
  { fields }: ValidatedDraft,
): void {
  const columns = new Set(draft.fields.map((field) => field.name));
  const names = new Set<string>();
  for (const [index, rule] of draft.quality.entries()) {
    const at = `quality.${index}`;
    if (names.has(rule.name))
      fields[`${at}.name`] ??= `Two rules are called "${rule.name}". Rename one.`;
    names.add(rule.name);
    if (rule.column !== undefined && !columns.has(rule.column)) {
      fields[`${at}.column`] ??=
        `The schema has no column "${rule.column}". Choose one or remove the rule.`;
      continue;
    }
    const problem = options.ruleProblem?.({ ...rule, column: rule.column ?? null }, columns);
    if (problem) fields[`${at}.config`] ??= problem;
  }
}

/** Whether every value of the file fits a type that somebody changed. Reads the file once when one was. */
export async function checkTypes(
  draft: CompleteDraft,
  { fields, upload }: ValidatedDraft,
): Promise<void> {
  if (!upload || Object.keys(fields).some((key) => key.startsWith('fields.'))) return;
  const inferred = new Map(upload.columns.map((column) => [column.sourceName, typeKey(column)]));
  const changed = draft.fields.filter(
    (field) => inferred.get(field.sourceName ?? field.name) !== typeKey(field),
  );
  const row = await db().upload.findUnique({ where: { id: upload.id } });
  const stored = row?.profile as Partial<StoredProfile> | undefined;
  if (changed.length === 0 || !row || !stored?.source) return;
  const file = path.resolve(env().home, row.path);
  for (const misfit of await castFailures(file, stored.source, changed)) {
    const index = draft.fields.findIndex((field) => field.name === misfit.column);
    const { count, firstValue, firstRow } = misfit;
    const values = count === 1 ? 'value does' : 'values do';
    fields[`fields.${index}.type`] =
      `${count.toLocaleString('en')} ${values} not fit ${draft.fields[index]?.type}; the first is "${firstValue}" in row ${firstRow.toLocaleString('en')}. Choose another type or mend the file.`;
  }
}

const typeKey = ({ type, precision, scale, timezone, items, fields }: DraftField): string =>
  JSON.stringify([type, precision, scale, timezone, items, fields]);
