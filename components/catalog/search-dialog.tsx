'use client';

import { BookmarkPlus } from 'lucide-react';
import { saveSearchAction, updateSearchAction } from '@/app/(portal)/catalog/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { SavedSearch } from '@/lib/catalog';

/** Keeps the search that the address holds under a name. */
export const SaveSearchDialog = ({ query }: { query: string }) => (
  <FormDialog
    title="Save this search"
    description="Words and filters are kept. Opened again, it shows what matches then."
    trigger={
      <Button size="sm" icon={<BookmarkPlus />}>
        Save this search
      </Button>
    }
    submitLabel="Save"
    send={(form) =>
      saveSearchAction({ name: textOf(form, 'name'), query, isTelling: form.has('isTelling') })
    }
  >
    {(fields) => (
      <>
        <NameField error={fields.name ?? fields.query} />
        <Checkbox
          name="isTelling"
          label="Tell me of new products"
          hint="A notice in your inbox when a new product matches."
        />
      </>
    )}
  </FormDialog>
);

interface RenameSearchDialogProps {
  search: SavedSearch;
  onClose: () => void;
}

/** Gives a kept search another name. */
export const RenameSearchDialog = ({ search, onClose }: RenameSearchDialogProps) => (
  <FormDialog
    open
    onOpenChange={(open) => !open && onClose()}
    title="Rename the saved search"
    submitLabel="Rename"
    send={(form) => updateSearchAction({ searchId: search.id, name: textOf(form, 'name') })}
  >
    {(fields) => <NameField error={fields.name} value={search.name} />}
  </FormDialog>
);

const NameField = ({ error, value }: { error: string | undefined; value?: string }) => (
  <Field label="Name" required error={error}>
    <Input name="name" autoComplete="off" required maxLength={60} defaultValue={value} />
  </Field>
);
