'use client';

import { BookmarkPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { saveAuditViewAction } from '@/app/(portal)/governance/audit/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';

/** Keeps the search that the address holds, under a name. */
export function SaveViewDialog({ query }: { query: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields, reset } = useAction(saveAuditViewAction, (saved) => {
    setIsOpen(false);
    router.push(`/governance/audit?${saved.query}`, { scroll: false });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({ name: textOf(form, 'name'), query, isShared: form.has('isShared') });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      title="Save this search"
      description="The filters are kept, not the rows: opened again, it shows what matches then."
      trigger={
        <Button size="sm" icon={<BookmarkPlus />}>
          Save this search
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" required error={fields.name ?? fields.query}>
          <Input name="name" autoComplete="off" required maxLength={60} />
        </Field>
        <Checkbox
          name="isShared"
          label="Share it"
          hint="Everybody who may read the audit log sees it; only you can change it."
        />
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
