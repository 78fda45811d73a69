'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { changeGrantAction, reviewGrantAction } from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { GrantRow } from '@/lib/access';
import type { SchemaField } from '@/lib/specs';
import { TermsEditor, termsToSend, wholeTerms } from './terms-editor';

/** Columns, masks, rows and end of a grant in force. */
export function ChangeGrantDialog({ grant, fields }: { grant: GrantRow; fields: SchemaField[] }) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const [terms, setTerms] = useState(grant.terms ?? wholeTerms(fields));
  const change = useAction(changeGrantAction, () => {
    setIsOpen(false);
    toast({ title: 'The next read is by the new terms', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const end = new Date(`${textOf(form, 'expiresAt')}T23:59:59`);
    change.run({
      ...{ grantId: grant.id, terms: termsToSend(terms), note: textOf(form, 'note') },
      expiresAt: Number.isNaN(end.getTime()) ? undefined : end.toISOString(),
    });
  }
  return (
    <Dialog
      size="md"
      open={isOpen}
      onOpenChange={setIsOpen}
      title={`Narrow the grant of ${grant.person.name}`}
      description="Every process reads by the new terms within a second. The history keeps the old ones."
      trigger={
        <Button size="sm" aria-label={`Narrow the grant of ${grant.person.email}`}>
          Narrow
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-5">
        <TermsEditor fields={fields} value={terms} onChange={setTerms} />
        <Field label="Last day" optional error={change.fields.expiresAt}>
          <Input type="date" name="expiresAt" defaultValue={grant.expiresAt?.slice(0, 10) ?? ''} />
        </Field>
        <Field label="A word to who holds it" optional error={change.fields.note}>
          <Textarea name="note" rows={2} maxLength={1000} />
        </Field>
        {(change.message ?? change.fields.terms) && (
          <Callout tone="error">{change.message ?? change.fields.terms}</Callout>
        )}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={change.isPending}>
            Narrow the grant
          </Button>
        </div>
      </form>
    </Dialog>
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
