'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { saveQueryAction, updateQueryAction } from '@/app/(portal)/workbench/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select, Textarea } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';
import type { SavedQueryRow } from '@/lib/workbench';

export interface DomainChoice {
  id: string;
  name: string;
}

interface SaveQueryDialogProps {
  sql: string;
  /** The one that is changed; a new one without it. */
  saved?: SavedQueryRow;
  domains: DomainChoice[];
  onClose: () => void;
}

/** Keeps the statement under a name, for oneself or for a domain. */
export function SaveQueryDialog({ sql, saved, domains, onClose }: SaveQueryDialogProps) {
  const router = useRouter();
  const create = useAction(saveQueryAction, ({ queryId }) => {
    onClose();
    router.push(`/workbench?query=${queryId}`, { scroll: false });
    router.refresh();
  });
  const update = useAction(updateQueryAction, () => {
    onClose();
    router.refresh();
  });
  const { fields, message, isPending } = saved ? update : create;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const words = {
      name: textOf(form, 'name'),
      description: textOf(form, 'description'),
      domainId: textOf(form, 'domainId') || null,
    };
    if (saved) update.run({ queryId: saved.id, rev: saved.rev, ...words });
    else create.run({ sql, ...words });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={saved ? 'Name and sharing' : 'Save this query'}
      description="The statement is kept, not its rows. Whoever runs it reads with their own rights."
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" required error={fields.name}>
          <Input name="name" defaultValue={saved?.name} autoComplete="off" maxLength={80} />
        </Field>
        <Field label="Description" optional error={fields.description}>
          <Textarea name="description" defaultValue={saved?.description} rows={2} maxLength={500} />
        </Field>
        <Field
          label="Who sees it"
          hint="Members of the domain who may not know of one of its products do not see it."
          error={fields.domainId ?? fields.sql}
        >
          <Select
            name="domainId"
            defaultValue={saved?.domain?.id ?? ''}
            placeholder="Only you"
            options={domains.map(({ id, name }) => ({ value: id, label: `Members of ${name}` }))}
          />
        </Field>
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
