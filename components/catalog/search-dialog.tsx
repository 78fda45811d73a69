'use client';

import { BookmarkPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { saveSearchAction, updateSearchAction } from '@/app/(portal)/catalog/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';
import type { SavedSearch } from '@/lib/catalog';

interface SearchDialogProps {
  query: string;
  /** The saved search that gets another name; without it, the search on the page is saved. */
  renamed?: SavedSearch;
  onClose?: () => void;
}

/** Keeps the search that the address holds under a name, or gives a kept one another name. */
export function SearchDialog({ query, renamed, onClose }: SearchDialogProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(renamed !== undefined);
  const close = () => {
    setIsOpen(false);
    onClose?.();
  };
  const done = () => {
    close();
    router.refresh();
  };
  const save = useAction(saveSearchAction, done);
  const rename = useAction(updateSearchAction, done);
  const { isPending, message, fields, reset } = renamed ? rename : save;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = textOf(form, 'name');
    if (renamed) rename.run({ searchId: renamed.id, name });
    else save.run({ name, query, isTelling: form.has('isTelling') });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (open) setIsOpen(true);
        else close();
        reset();
      }}
      title={renamed ? 'Rename the saved search' : 'Save this search'}
      description={
        renamed
          ? undefined
          : 'Words and filters are kept. Opened again, it shows what matches then.'
      }
      trigger={
        !renamed && (
          <Button size="sm" icon={<BookmarkPlus />}>
            Save this search
          </Button>
        )
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" required error={fields.name ?? fields.query}>
          <Input
            name="name"
            autoComplete="off"
            required
            maxLength={60}
            defaultValue={renamed?.name}
          />
        </Field>
        {!renamed && (
          <Checkbox
            name="isTelling"
            label="Tell me of new products"
            hint="A notice in your inbox when a new product matches."
          />
        )}
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            {renamed ? 'Rename' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
