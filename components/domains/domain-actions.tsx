'use client';

import { Archive, ArchiveRestore, Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { archiveDomainAction, updateDomainAction } from '@/app/(portal)/domains/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { DomainDetail } from '@/lib/catalog';

interface DomainActionsProps {
  domain: DomainDetail;
  canEdit: boolean;
  canArchive: boolean;
}

export function DomainActions({ domain, canEdit, canArchive }: DomainActionsProps) {
  return (
    <>
      {canEdit && <EditDomain domain={domain} />}
      {canArchive && <ArchiveDomain domain={domain} />}
    </>
  );
}

function EditDomain({ domain }: { domain: DomainDetail }) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, message, fields } = useAction(updateDomainAction, () => {
    setOpen(false);
    toast({ title: 'Domain saved', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const title = textOf(form, 'title');
    const description = textOf(form, 'description');
    run({ domainId: domain.id, rev: domain.rev, title, description });
  }
  return (
    <Dialog
      title="Edit domain"
      trigger={<Button icon={<Pencil />}>Edit</Button>}
      open={isOpen}
      onOpenChange={setOpen}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormMessage message={message} />
        <Field label="Title" error={fields.title} required>
          <Input name="title" defaultValue={domain.title} />
        </Field>
        <Field label="Description" error={fields.description} optional>
          <Textarea name="description" rows={5} defaultValue={domain.description} />
        </Field>
        <Button type="submit" variant="primary" loading={isPending} className="self-end">
          Save
        </Button>
      </form>
    </Dialog>
  );
}

function ArchiveDomain({ domain }: { domain: DomainDetail }) {
  const router = useRouter();
  const { isArchived, title, id: domainId } = domain;
  const archive = async () => {
    const result = await archiveDomainAction({ domainId, isArchived: !isArchived });
    if (result.ok) router.refresh();
    return result;
  };
  return (
    <ConfirmDialog
      trigger={
        <Button icon={isArchived ? <ArchiveRestore /> : <Archive />}>
          {isArchived ? 'Restore' : 'Archive'}
        </Button>
      }
      title={isArchived ? `Restore ${title}?` : `Archive ${title}?`}
      effects={
        isArchived
          ? ['Its members hold their roles again.', 'It takes new products again.']
          : [
              'It takes no new products, and its members\u2019 roles rest.',
              'Nothing is removed; it can be restored.',
              'It must hold no product that is not retired.',
            ]
      }
      danger={!isArchived}
      confirmLabel={isArchived ? 'Restore' : 'Archive'}
      onConfirm={archive}
    />
  );
}
