'use client';

import { BookmarkPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { saveAuditViewAction } from '@/app/(portal)/governance/audit/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';

/** Keeps the search that the address holds, under a name. */
export function SaveViewDialog({ query }: { query: string }) {
  const router = useRouter();
  return (
    <FormDialog
      title="Save this search"
      description="The filters are kept, not the rows: opened again, it shows what matches then."
      trigger={
        <Button size="sm" icon={<BookmarkPlus />}>
          Save this search
        </Button>
      }
      submitLabel="Save"
      send={(form) =>
        saveAuditViewAction({ name: textOf(form, 'name'), query, isShared: form.has('isShared') })
      }
      onDone={(saved) => {
        router.push(`/governance/audit?${saved.query}`, { scroll: false });
        router.refresh();
      }}
    >
      {(fields) => (
        <>
          <Field label="Name" required error={fields.name ?? fields.query}>
            <Input name="name" autoComplete="off" required maxLength={60} />
          </Field>
          <Checkbox
            name="isShared"
            label="Share it"
            hint="Everybody who may read the audit log sees it; only you can change it."
          />
        </>
      )}
    </FormDialog>
  );
}
