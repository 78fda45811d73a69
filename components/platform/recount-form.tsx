'use client';

import { RotateCw } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { previewRecountAction, requestRecountAction } from '@/app/(portal)/platform/usage/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';
import type { RecountPreview } from '@/lib/insight';
import { daysText } from './recount-words';

interface RecountFormProps {
  today: string;
  since: string | null;
  isUnderWay: boolean;
}

/** Chooses days, says what counting them again means, and has it done. */
export function RecountForm({ today, since, isUnderWay }: RecountFormProps) {
  const [preview, setPreview] = useState<RecountPreview | null>(null);
  const { run, isPending, message, fields } = useAction(previewRecountAction, setPreview);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({ from: textOf(form, 'from'), to: textOf(form, 'to') });
  }
  const day = { type: 'date', defaultValue: today, max: today, ...(since && { min: since }) };
  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="First day" error={fields.from}>
          <Input name="from" {...day} />
        </Field>
        <Field label="Last day" error={fields.to}>
          <Input name="to" {...day} />
        </Field>
      </div>
      <FormMessage message={message} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" icon={<RotateCw />} loading={isPending} disabled={isUnderWay}>
          Count again
        </Button>
        {isUnderWay && (
          <p className="text-sm text-muted">Others can be chosen when those under way are done.</p>
        )}
      </div>
      <ConfirmDialog
        open={preview !== null}
        onOpenChange={(isOpen) => !isOpen && setPreview(null)}
        title={preview ? `Count ${daysText(preview.days)} again?` : ''}
        effects={preview ? effectsOf(preview) : []}
        danger={false}
        confirmLabel="Count again"
        onConfirm={() => requestRecountAction({ from: preview!.from, to: preview!.to })}
        done="A worker counts them now"
      />
    </form>
  );
}

const whichText = ({ days, daysWithUse }: RecountPreview) =>
  daysWithUse < days ? `${daysWithUse} of these days` : days === 1 ? 'this day' : 'these days';

const effectsOf = (preview: RecountPreview): string[] => [
  preview.daysWithUse === 0
    ? 'No read is counted on these days as it is.'
    : `${preview.reads.toLocaleString('en')} reads are counted on ${whichText(preview)} as it is. What the events come to takes their place.`,
  'Days are counted one after the other, each whole or not at all.',
  'Reads go on; what they leave behind on a day is written when that day is counted.',
  'Who asked for it is in the audit log.',
];
