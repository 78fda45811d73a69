'use client';

import { type FormEvent, useState } from 'react';
import { requestWaiverAction } from '@/app/(portal)/governance/waivers/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';

type Subject = { productId: string } | { draftId: string };

/** Asks a steward to accept a finding until a day. */
export function AskWaiverDialog({ subject, ruleId }: { subject: Subject; ruleId: string }) {
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields } = useAction(requestWaiverAction, () => {
    setIsOpen(false);
    toast({
      title: 'A steward has been asked. You see the answer under Governance → Waivers.',
      tone: 'ok',
    });
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation();
    const form = new FormData(event.currentTarget);
    const end = new Date(`${textOf(form, 'expiresAt')}T23:59:59`);
    run({
      ...subject,
      ruleId,
      reason: textOf(form, 'reason'),
      owner: textOf(form, 'owner'),
      expiresAt: Number.isNaN(end.getTime()) ? '' : end.toISOString(),
    });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      title={`Ask for a waiver of ${ruleId}`}
      description="A steward decides. Until then, and after the last day, the finding counts."
      trigger={<Button size="sm">Ask for a waiver</Button>}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Reason" required error={fields.reason}>
          <Textarea name="reason" rows={3} maxLength={1000} required />
        </Field>
        <Field
          label="Who mends it"
          required
          hint="An e-mail address; this person is told before it ends."
          error={fields.owner}
        >
          <Input type="email" name="owner" autoComplete="off" required />
        </Field>
        <Field label="Last day" required error={fields.expiresAt}>
          <Input type="date" name="expiresAt" required />
        </Field>
        {message && <Callout tone="error">{message}</Callout>}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Ask
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
