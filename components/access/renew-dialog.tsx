'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { renewAccessAction } from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { HeldGrant } from '@/lib/access';

export function RenewDialog({ grant }: { grant: HeldGrant }) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields } = useAction(renewAccessAction, () => {
    setIsOpen(false);
    toast({ title: 'The owner is asked', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({ grantId: grant.id, days: Number(textOf(form, 'days')), note: textOf(form, 'note') });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      title={`Go on reading ${grant.product.title}`}
      description="Your grant holds as it is until the owner has decided."
      trigger={
        <Button size="sm" aria-label={`Renew the grant for ${grant.product.title}`}>
          Renew
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="For how many more days" required error={fields.days}>
          <Input type="number" name="days" min={1} max={365} defaultValue={90} required />
        </Field>
        <Field label="In your own words" required error={fields.note}>
          <Textarea name="note" rows={3} maxLength={1000} required />
        </Field>
        {message && <Callout tone="error">{message}</Callout>}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Ask to go on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
