'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { changeGrantAction, reviewGrantAction } from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';
import type { GrantRow } from '@/lib/access';
import type { SchemaField } from '@/lib/specs';
import { TermsEditor, termsToSend, wholeTerms } from './terms-editor';

/** Columns, masks, rows and end of a grant in force. */
export function ChangeGrantDialog({ grant, fields }: { grant: GrantRow; fields: SchemaField[] }) {
  const [terms, setTerms] = useState(grant.terms ?? wholeTerms(fields));
  function send(form: FormData) {
    const end = new Date(`${textOf(form, 'expiresAt')}T23:59:59`);
    return changeGrantAction({
      ...{ grantId: grant.id, terms: termsToSend(terms), note: textOf(form, 'note') },
      expiresAt: Number.isNaN(end.getTime()) ? undefined : end.toISOString(),
    });
  }
  return (
    <FormDialog
      size="md"
      title={`Narrow the grant of ${grant.person.name}`}
      description="Every process reads by the new terms within a second. The history keeps the old ones."
      trigger={
        <Button size="sm" aria-label={`Narrow the grant of ${grant.person.email}`}>
          Narrow
        </Button>
      }
      submitLabel="Narrow the grant"
      done="The next read is by the new terms"
      send={send}
    >
      {(wrong) => (
        <>
          <TermsEditor fields={fields} value={terms} onChange={setTerms} />
          <Field label="Last day" optional error={wrong.expiresAt}>
            <Input
              type="date"
              name="expiresAt"
              defaultValue={grant.expiresAt?.slice(0, 10) ?? ''}
            />
          </Field>
          <Field label="A word to who holds it" optional error={wrong.note}>
            <Textarea name="note" rows={2} maxLength={1000} />
          </Field>
          <FormMessage message={wrong.terms ?? null} />
        </>
      )}
    </FormDialog>
  );
}

/** Half a year after somebody last looked at it. */
export function ReviewButton({ grant }: { grant: GrantRow }) {
  const router = useRouter();
  const { run, isPending } = useAction(reviewGrantAction, () => router.refresh());
  return (
    <Button
      size="sm"
      loading={isPending}
      aria-label={`The grant of ${grant.person.email} is still right`}
      onClick={() => run({ grantId: grant.id })}
    >
      Still right
    </Button>
  );
}
