'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { updateAuditViewAction } from '@/app/(portal)/governance/audit/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';
import type { AuditView } from '@/lib/audit';

export function RenameViewDialog({ view, onClose }: { view: AuditView; onClose: () => void }) {
  const router = useRouter();
  const { run, isPending, message, fields } = useAction(updateAuditViewAction, () => {
    onClose();
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ viewId: view.id, name: textOf(new FormData(event.currentTarget), 'name') });
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Rename the saved search">
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" required error={fields.name}>
          <Input name="name" autoComplete="off" required maxLength={60} defaultValue={view.name} />
        </Field>
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
