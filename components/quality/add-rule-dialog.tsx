'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { addRuleAction } from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';
import type { CheckInfo } from '@/lib/quality';
import { SettingFields } from './setting-fields';
import { readSettings, settingsOf } from './settings';

interface AddRuleDialogProps {
  productId: string;
  checks: CheckInfo[];
  columns: string[];
}
interface RuleForm {
  check: string;
  name: string;
  column: string;
  tolerance: string;
  enforcement: string;
  texts: Record<string, string>;
}
const EMPTY: RuleForm = {
  check: 'not_null',
  name: '',
  column: '',
  tolerance: '',
  enforcement: 'error',
  texts: {},
};

/** A rule for a product that exists: the settings come from the check's own schema. */
export function AddRuleDialog({ productId, checks, columns }: AddRuleDialogProps) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState(EMPTY);
  const [problem, setProblem] = useState<string | null>(null);
  const check = checks.find((one) => one.id === form.check);
  const settings = check ? settingsOf(check.settings) : [];
  const { run, isPending, message, fields, reset } = useAction(addRuleAction, () => {
    toast({ title: 'Added', description: 'It counts from the next run on.', tone: 'ok' });
    setForm(EMPTY);
    setOpen(false);
    router.refresh();
  });
  const set = (patch: Partial<RuleForm>) => {
    setForm({ ...form, ...patch });
    setProblem(null);
    reset();
  };
  function add() {
    const read = readSettings(settings, form.texts);
    if ('problem' in read) return setProblem(read.problem);
    const share = Number(form.tolerance);
    if (form.tolerance && !(share >= 0 && share <= 100)) {
      return setProblem('The tolerance is a percentage, from 0 to 100.');
    }
    const name =
      form.name.trim() || [form.column, check?.title.toLowerCase()].filter(Boolean).join(' ');
    run({
      productId,
      check: form.check as Parameters<typeof addRuleAction>[0]['check'],
      name,
      ...(form.column && { column: form.column }),
      config: {
        ...read.config,
        ...(form.tolerance && { threshold: { mustBeLessOrEqualTo: share, unit: 'percent' } }),
        ...(form.enforcement === 'warning' && { enforcement: 'warning' }),
      },
    });
  }
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
        <Field label="What must hold">
          <Select
            value={form.check}
            onChange={(event) => set({ check: event.target.value, texts: {}, tolerance: '' })}
            options={checks.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </Field>
        <Field label="Column" optional={!check?.needsColumn}>
          <Select
            placeholder={check?.needsColumn ? 'Choose a column' : 'The table as a whole'}
            value={form.column}
            onChange={(event) => set({ column: event.target.value })}
            options={columns.map((name) => ({ value: name, label: name }))}
          />
        </Field>
        <SettingFields
          settings={settings}
          texts={form.texts}
          onChange={(texts) => set({ texts })}
        />
        <Tolerance form={form} set={set} />
        <Field label="Name" optional error={fields.name}>
          <Input value={form.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <FormMessage
          message={problem ?? message ?? fields.config ?? Object.values(fields)[0] ?? null}
        />
      </div>
    </Dialog>
  );
}

function Tolerance({ form, set }: { form: RuleForm; set: (patch: Partial<RuleForm>) => void }) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Bad rows allowed, %" optional hint="Of rules about rows.">
        <Input
          inputMode="decimal"
          value={form.tolerance}
          onChange={(event) => set({ tolerance: event.target.value })}
        />
      </Field>
      <Field label="When it fails">
        <Select
          value={form.enforcement}
          onChange={(event) => set({ enforcement: event.target.value })}
          options={[
            { value: 'error', label: 'Error' },
            { value: 'warning', label: 'Warning' },
          ]}
        />
      </Field>
    </div>
  );
}
