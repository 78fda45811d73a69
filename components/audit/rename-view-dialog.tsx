'use client';

import { updateAuditViewAction } from '@/app/(portal)/governance/audit/actions';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { AuditView } from '@/lib/audit';

export const RenameViewDialog = ({ view, onClose }: { view: AuditView; onClose: () => void }) => (
  <FormDialog
    open
    onOpenChange={(open) => !open && onClose()}
    title="Rename the saved search"
    submitLabel="Rename"
    send={(form) => updateAuditViewAction({ viewId: view.id, name: textOf(form, 'name') })}
  >
    {(fields) => (
      <Field label="Name" required error={fields.name}>
        <Input name="name" autoComplete="off" required maxLength={60} defaultValue={view.name} />
      </Field>
    )}
  </FormDialog>
);
