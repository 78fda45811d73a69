'use client';

import { requestWaiverAction } from '@/app/(portal)/governance/waivers/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';

type Subject = { productId: string } | { draftId: string };

/** Asks a steward to accept a finding until a day. */
export function AskWaiverDialog({ subject, ruleId }: { subject: Subject; ruleId: string }) {
  function send(form: FormData) {
    const end = new Date(`${textOf(form, 'expiresAt')}T23:59:59`);
    return requestWaiverAction({
      ...{ ...subject, ruleId, reason: textOf(form, 'reason'), owner: textOf(form, 'owner') },
      expiresAt: Number.isNaN(end.getTime()) ? '' : end.toISOString(),
    });
  }
  return (
    <FormDialog
      title={`Ask for a waiver of ${ruleId}`}
      description="A steward decides. Until then, and after the last day, the finding counts."
      trigger={<Button size="sm">Ask for a waiver</Button>}
      submitLabel="Ask"
      done="A steward has been asked. You see the answer under Governance → Waivers."
      send={send}
    >
      {(fields) => (
        <>
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
        </>
      )}
    </FormDialog>
  );
}
