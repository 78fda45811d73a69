'use client';

import { Plus } from 'lucide-react';
import { placeHoldAction, releaseHoldAction } from '@/app/(portal)/governance/privacy/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { Hold } from '@/lib/compliance';

export function PlaceHoldDialog() {
  return (
    <FormDialog
      title="Place a legal hold"
      description="From then on nothing of it is erased or deleted by retention. Its owner is told."
      trigger={
        <Button variant="primary" icon={<Plus />}>
          Place a hold
        </Button>
      }
      submitLabel="Place it"
      done={(_, form) => ({ title: `${textOf(form, 'what')} is under a legal hold` })}
      send={(form) =>
        placeHoldAction({
          ...{ what: textOf(form, 'what'), reason: textOf(form, 'reason') },
          reference: textOf(form, 'reference'),
        })
      }
    >
      {(fields) => (
        <>
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
        </>
      )}
    </FormDialog>
  );
}

export function ReleaseHoldButton({ hold }: { hold: Hold }) {
  const what = hold.product?.title ?? hold.domain?.title ?? 'this product';
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Release</Button>}
      title={`Release the hold on ${what}?`}
      effects={[
        'Retention and erasure reach it again.',
        'Who released it, and why, is in the audit log.',
      ]}
      ask={{ label: 'Why it ends', most: 500 }}
      confirmLabel="Release"
      onConfirm={(note) => releaseHoldAction({ holdId: hold.id, note })}
      done="Released"
    />
  );
}
