'use client';

import { Plus } from 'lucide-react';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field, FieldError } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { DIMENSIONS, type Dimension } from '@/lib/quality/checks/define-check';
import {
  CHECK_FORMS,
  checkForm,
  EMPTY_RULE,
  isCheckName,
  type NewRule,
  type RuleColumn,
  type RuleForm,
  ruleOf,
} from './rule-form';
import { SettingFields } from './setting-fields';

interface RuleDialogProps {
  columns: readonly RuleColumn[];
  /** Names that other rules have. */
  taken: readonly string[];
  /** Keeps the rule; answers what is wrong with it, or null. */
  onAdd: (rule: NewRule) => Promise<string | null> | null;
}

/** A new rule, of a draft or of a product that exists: what it asks for is what its check's settings are. */
export function RuleDialog({ columns, taken, onAdd }: RuleDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState(EMPTY_RULE);
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const typed = ruleOf(form, columns, taken);
  const set = (patch: Partial<RuleForm>) => {
    setForm({ ...form, ...patch });
    setProblem(null);
  };
  const add = () => {
    if ('problem' in typed) return setProblem(typed.problem);
    startTransition(async () => {
      const refusal = await onAdd(typed.rule);
      if (refusal) return setProblem(refusal);
      setForm(EMPTY_RULE);
      setOpen(false);
    });
  };
  return (
    <Dialog
      title="Add a quality rule"
      size="md"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" icon={<Plus aria-hidden />}>
          Add rule
        </Button>
      }
      footer={
        <>
          <DialogClose>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button variant="primary" loading={isPending} onClick={add}>
            Add rule
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Subject form={form} columns={columns} set={set} />
        <SettingFields
          settings={checkForm(form.check).fields}
          texts={form.texts}
          onChange={(texts) => set({ texts })}
        />
        <Judgement form={form} set={set} />
        <Field label="Name" optional>
          <Input
            maxLength={200}
            value={form.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        {problem ? (
          <FieldError>{problem}</FieldError>
        ) : (
          'says' in typed && <p className="text-sm break-words text-muted">{typed.says}.</p>
        )}
      </div>
    </Dialog>
  );
}

interface PartProps {
  form: RuleForm;
  set: (patch: Partial<RuleForm>) => void;
}

function Subject({ form, columns, set }: PartProps & { columns: readonly RuleColumn[] }) {
  const { needsColumn } = checkForm(form.check);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="What must hold">
        <Select
          value={form.check}
          onChange={({ target: { value } }) => {
            if (isCheckName(value)) set({ check: value, dimension: '', texts: {}, tolerance: '' });
          }}
          options={CHECK_FORMS.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Field>
      <Field label="Column" optional={!needsColumn}>
        <Select
          placeholder={needsColumn ? 'Choose a column' : 'The table as a whole'}
          value={form.column}
          onChange={(event) => set({ column: event.target.value })}
          options={columns.map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
    </div>
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function Judgement({ form, set }: PartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="Dimension" hint="Where its score counts.">
        <Select
          value={form.dimension || checkForm(form.check).dimension}
          onChange={(event) => set({ dimension: event.target.value as Dimension })}
          options={DIMENSIONS.map((one) => ({ value: one, label: capital(one) }))}
        />
      </Field>
      <Field label="When it fails">
        <Select
          value={form.enforcement}
          onChange={(event) => set({ enforcement: event.target.value as RuleForm['enforcement'] })}
          options={[
            { value: 'error', label: 'Error' },
            { value: 'warning', label: 'Warning' },
          ]}
        />
      </Field>
      <Field label="Bad rows, %" optional hint="Allowed, of rules about rows.">
        <Input
          inputMode="decimal"
          value={form.tolerance}
          onChange={(event) => set({ tolerance: event.target.value })}
        />
      </Field>
    </div>
  );
}
