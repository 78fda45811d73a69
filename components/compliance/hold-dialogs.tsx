'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { placeHoldAction, releaseHoldAction } from '@/app/(portal)/governance/privacy/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { Hold } from '@/lib/compliance';

export function PlaceHoldDialog() {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields } = useAction(placeHoldAction, (_, { what }) => {
    setIsOpen(false);
    toast({ title: `${what} is under a legal hold`, tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({
      what: textOf(form, 'what'),
      reason: textOf(form, 'reason'),
      reference: textOf(form, 'reference'),
    });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      title="Place a legal hold"
      description="From then on nothing of it is erased or deleted by retention. Its owner is told."
      trigger={
        <Button variant="primary" icon={<Plus />}>
          Place a hold
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field
          label="What is held"
          required
          hint="domain/product, or a domain alone"
          error={fields.what}
        >
          <Input name="what" autoComplete="off" required />
        </Field>
        <Field label="Reason" required error={fields.reason}>
          <Textarea name="reason" rows={2} maxLength={500} required />
        </Field>
        <Field
          label="Reference"
          optional
          hint="The matter’s number outside"
          error={fields.reference}
        >
          <Input name="reference" maxLength={100} autoComplete="off" />
        </Field>
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Place it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function ReleaseHoldButton({ hold }: { hold: Hold }) {
  const router = useRouter();
  const toast = useToast();
  const [note, setNote] = useState('');
  const what = hold.product?.title ?? hold.domain?.title ?? 'this product';
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Release</Button>}
      title={`Release the hold on ${what}?`}
      effects={[
        'Retention and erasure reach it again.',
        'Who released it, and why, is in the audit log.',
      ]}
      confirmLabel="Release"
      onConfirm={async () => {
        const answer = await releaseHoldAction({ holdId: hold.id, note });
        if (!answer.ok) return answer;
        toast({ title: 'Released', tone: 'ok' });
        router.refresh();
        return answer;
      }}
    >
      <Field label="Why it ends" required>
        <Textarea rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
