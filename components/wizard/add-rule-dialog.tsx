'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, FieldError } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { DraftRule } from '@/lib/products/draft-data';
import { describeDraftRule, RULE_KINDS, type RuleKind } from './describe-rule';
import { useWizard } from './wizard-context';

interface RuleForm {
  kind: RuleKind;
  column: string;
  min: string;
  max: string;
  text: string;
}
const EMPTY: RuleForm = { kind: 'not_null', column: '', min: '', max: '', text: '' };

/** Numbers stay numbers; anything else, a date for instance, stays text. */
const scalar = (text: string): string | number =>
  /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text.trim();

function configOf(form: RuleForm): DraftRule['config'] | string {
  switch (RULE_KINDS[form.kind].asks) {
    case 'nothing':
      return {};
    case 'bounds': {
      if (!form.min.trim() && !form.max.trim()) return 'Give the least, the most, or both.';
      return {
        ...(form.min.trim() && { min: scalar(form.min) }),
        ...(form.max.trim() && { max: scalar(form.max) }),
      };
    }
    case 'values': {
      const values = form.text
        .split(',')
        .map(scalar)
        .filter((value) => value !== '');
      return values.length > 0 ? { values } : 'Write at least one value.';
    }
    case 'pattern':
      return form.text ? { pattern: form.text } : 'Write a regular expression.';
    case 'age':
      return form.text.trim() ? { maxAge: form.text.trim() } : 'Write a length of time.';
  }
}

function ruleOf(form: RuleForm, taken: readonly DraftRule[]): DraftRule | string {
  const { title, dimension, needsColumn } = RULE_KINDS[form.kind];
  if (needsColumn && !form.column) return 'Choose a column.';
  const config = configOf(form);
  if (typeof config === 'string') return config;
  const column = needsColumn ? form.column : undefined;
  const base = [column, title.toLowerCase()].filter(Boolean).join(' ').slice(0, 180);
  let name = base;
  for (let number = 2; taken.some((rule) => rule.name === name); number += 1) {
    name = `${base} ${number}`;
  }
  return { name, dimension, check: form.kind, ...(column && { column }), config, reason: '' };
}

export function AddRuleDialog() {
  const { data, update } = useWizard();
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState(EMPTY);
  const [problem, setProblem] = useState<string | null>(null);
  const rule = ruleOf(form, data.quality ?? []);
  const set = (patch: Partial<RuleForm>) => {
    setForm({ ...form, ...patch });
    setProblem(null);
  };
  const add = () => {
    if (typeof rule === 'string') return setProblem(rule);
    update(({ quality = [] }) => ({ quality: [...quality, rule] }));
    setForm(EMPTY);
    setOpen(false);
  };
  return (
    <Dialog
      title="Add a quality rule"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon={<Plus aria-hidden />}>
          Add rule
        </Button>
      }
      footer={
        <>
          <Button variant="ghost" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button variant="primary" onClick={add}>
            Add rule
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="What must hold">
          <Select
            value={form.kind}
            onChange={(event) => set({ kind: event.target.value as RuleKind })}
            options={Object.entries(RULE_KINDS).map(([value, { title }]) => ({
              value,
              label: title,
            }))}
          />
        </Field>
        {RULE_KINDS[form.kind].needsColumn && (
          <Field label="Column">
            <Select
              placeholder="Choose a column"
              value={form.column}
              onChange={(event) => set({ column: event.target.value })}
              options={(data.fields ?? []).map(({ name }) => ({ value: name, label: name }))}
            />
          </Field>
        )}
        <Settings form={form} set={set} />
        {problem ? (
          <FieldError>{problem}</FieldError>
        ) : (
          typeof rule !== 'string' && (
            <p className="text-sm text-muted">{describeDraftRule(rule)}.</p>
          )
        )}
      </div>
    </Dialog>
  );
}

const HELP = {
  values: ['Values', 'Separated by commas.'],
  pattern: ['Regular expression', 'Matches anywhere in the text; use ^ and $ for all of it.'],
  age: ['Greatest age', 'For example 1_day or "36 hours".'],
} as const;

function Settings({ form, set }: { form: RuleForm; set: (patch: Partial<RuleForm>) => void }) {
  const { asks } = RULE_KINDS[form.kind];
  if (asks === 'nothing') return null;
  if (asks === 'bounds') {
    return (
      <div className="grid grid-cols-2 gap-3">
        <Field label="At least" optional>
          <Input value={form.min} onChange={(event) => set({ min: event.target.value })} />
        </Field>
        <Field label="At most" optional>
          <Input value={form.max} onChange={(event) => set({ max: event.target.value })} />
        </Field>
      </div>
    );
  }
  const [label, hint] = HELP[asks];
  return (
    <Field label={label} hint={hint}>
      <Input value={form.text} onChange={(event) => set({ text: event.target.value })} />
    </Field>
  );
}
