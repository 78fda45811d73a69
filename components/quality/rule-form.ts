import type { Dimension } from '@/lib/quality/checks/define-check';
import { CHECK_NAMES, type CheckInfo, listChecks } from '@/lib/quality/checks/list';
import type { CheckName } from '@/lib/quality/checks/registry';
import { describeRule, ruleProblem } from '@/lib/quality/compile';
import type { FieldType } from '@/lib/specs/field-types';
import { type Json, readSettings, type Setting, settingsOf } from './settings';

export interface RuleForm {
  check: CheckName;
  name: string;
  column: string;
  /** Empty: that of the check. */
  dimension: Dimension | '';
  /** Percent of bad rows; empty: none. */
  tolerance: string;
  enforcement: 'error' | 'warning';
  texts: Record<string, string>;
}
export interface NewRule {
  name: string;
  check: CheckName;
  dimension: Dimension;
  column?: string;
  config: Record<string, Json>;
}
export interface RuleColumn {
  name: string;
  type: FieldType;
}
export const EMPTY_RULE: RuleForm = {
  check: 'not_null',
  name: '',
  column: '',
  dimension: '',
  tolerance: '',
  enforcement: 'error',
  texts: {},
};

export interface CheckForm extends Omit<CheckInfo, 'settings'> {
  fields: Setting[];
}
/** Every check with the fields of its settings, by title. */
export const CHECK_FORMS: readonly CheckForm[] = listChecks()
  .map(({ settings, ...check }) => ({ ...check, fields: settingsOf(settings) }))
  .sort((a, b) => a.title.localeCompare(b.title));
const FORM_OF = Object.fromEntries(CHECK_FORMS.map((form) => [form.id, form]));
export const checkForm = (check: CheckName): CheckForm => FORM_OF[check]!;

export const isCheckName = (text: string): text is CheckName =>
  (CHECK_NAMES as string[]).includes(text);

const MAX_NAME = 200;

/** The rule that was typed with what it says, or what is wrong with it on these columns. */
export function ruleOf(
  form: RuleForm,
  columns: readonly RuleColumn[],
  taken: readonly string[],
): { rule: NewRule; says: string } | { problem: string } {
  const check = checkForm(form.check);
  if (check.needsColumn && !form.column) return { problem: 'Choose a column.' };
  const read = readSettings(check.fields, form.texts);
  if ('problem' in read) return read;
  const share = Number(form.tolerance);
  if (form.tolerance.trim() && !(share >= 0 && share <= 100)) {
    return { problem: 'The tolerance is a percentage, from 0 to 100.' };
  }
  const own = form.name.trim();
  if (taken.includes(own)) return { problem: `There is a rule called "${own}" already.` };
  const config = {
    ...read.config,
    ...(form.tolerance.trim() && { threshold: { mustBeLessOrEqualTo: share, unit: 'percent' } }),
    ...(form.enforcement === 'warning' && { enforcement: 'warning' }),
  };
  const rule: NewRule = {
    name: own || freeName([form.column, check.title.toLowerCase()].filter(Boolean), taken),
    check: form.check,
    dimension: form.dimension || check.dimension,
    ...(form.column && { column: form.column }),
    config,
  };
  const likeKept = { ...rule, column: rule.column ?? null };
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const problem = ruleProblem(likeKept, types);
  return problem ? { problem } : { rule, says: describeRule(likeKept) };
}

function freeName(parts: string[], taken: readonly string[]): string {
  const base = parts.join(' ').slice(0, MAX_NAME - 5);
  let name = base;
  for (let number = 2; taken.includes(name); number += 1) name = `${base} ${number}`;
  return name;
}
