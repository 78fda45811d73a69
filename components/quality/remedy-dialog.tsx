'use client';

import { Wrench } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  previewRemedyAction,
  remediateIncidentAction,
} from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { Checkbox, RadioCards } from '@/components/ui/choice';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';
import type { IncidentDetail, PreviewRemedyInput, RemedyPreview } from '@/lib/quality';
import { RemedyEffects } from './remedy-effects';

type Remedy = PreviewRemedyInput['remedy'];
interface RemedyForm {
  kind: Remedy['kind'];
  column: string;
  expression: string;
  isLasting: boolean;
}

const KINDS = [
  {
    value: 'quarantine',
    title: 'Quarantine',
    description: 'Bad rows go into a side file; the rest is served.',
  },
  {
    value: 'fix',
    title: 'Fix by the transformation',
    description: 'An expression takes the place of the bad values, now and in loads to come.',
  },
  {
    value: 'rollback',
    title: 'Roll back',
    description: 'Serve the last snapshot on which this rule was met.',
  },
];

function remedyOf({ kind, column, expression, isLasting }: RemedyForm): Remedy {
  return kind === 'fix' ? { kind, column, expression, isLasting } : { kind };
}

/** Chooses a remedy, shows what it would do, then does it. */
export function RemedyDialog({ incident }: { incident: IncidentDetail }) {
  const router = useRouter();
  const toast = useToast();
  const { id: incidentId, rule, columns } = incident;
  const [isOpen, setOpen] = useState(false);
  const [preview, setPreview] = useState<RemedyPreview | null>(null);
  const [form, setForm] = useState<RemedyForm>({
    kind: 'quarantine',
    column: rule?.column ?? columns[0] ?? '',
    expression: '',
    isLasting: true,
  });
  const look = useAction(previewRemedyAction, setPreview);
  const act = useAction(remediateIncidentAction, () => {
    toast({ title: 'Under way', description: 'The rules run again when it is done.' });
    setOpen(false);
    setPreview(null);
    router.refresh();
  });
  const set = (patch: Partial<RemedyForm>) => {
    setForm({ ...form, ...patch });
    setPreview(null);
    look.reset();
    act.reset();
  };
  const remedy = remedyOf(form);
  const perform = ({ rows, snapshotId }: RemedyPreview) =>
    act.run({ incidentId, remedy, rows, snapshotId });
  return (
    <Dialog
      title="Mend the rows"
      description="Choose a remedy and look at what it does before it is done."
      size="md"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary" size="sm" icon={<Wrench aria-hidden />}>
          Mend the rows
        </Button>
      }
      footer={
        <>
          <DialogClose>
            <Button variant="ghost">Cancel</Button>
          </DialogClose>
          <Button
            variant="primary"
            loading={look.isPending || act.isPending}
            onClick={preview ? () => perform(preview) : () => look.run({ incidentId, remedy })}
          >
            {preview ? 'Do it' : 'Preview'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <RadioCards
          legend="Remedy"
          hideLegend
          name="kind"
          columns={1}
          options={KINDS}
          value={form.kind}
          onValueChange={(kind) => set({ kind: kind as RemedyForm['kind'] })}
        />
        {form.kind === 'fix' && (
          <FixFields form={form} set={set} columns={columns} errors={look.fields} />
        )}
        {preview && <RemedyEffects preview={preview} isLasting={form.isLasting} />}
        <div aria-live="assertive">
          <FormMessage
            message={look.message ?? act.message ?? Object.values(look.fields)[0] ?? null}
          />
        </div>
      </div>
    </Dialog>
  );
}

interface FixFieldsProps {
  form: RemedyForm;
  set: (patch: Partial<RemedyForm>) => void;
  columns: string[];
  errors: Record<string, string>;
}

function FixFields({ form, set, columns, errors }: FixFieldsProps) {
  return (
    <div className="grid gap-4">
      <Field label="Column to mend" error={errors.column}>
        <Select
          value={form.column}
          onChange={(event) => set({ column: event.target.value })}
          options={columns.map((name) => ({ value: name, label: name }))}
        />
      </Field>
      <Field
        label="Takes the value’s place"
        hint="An SQL expression over the row, for example 'unknown', trim(city) or abs(amount)."
        error={errors['remedy.expression']}
      >
        <Input
          className="font-mono"
          value={form.expression}
          onChange={(event) => set({ expression: event.target.value })}
        />
      </Field>
      <Checkbox
        label="Also in every load to come"
        hint="Adds a step to the transformation of this product."
        checked={form.isLasting}
        onChange={(event) => set({ isLasting: event.target.checked })}
      />
    </div>
  );
}
