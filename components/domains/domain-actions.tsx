'use client';

import { Archive, ArchiveRestore, Pencil } from 'lucide-react';
import { archiveDomainAction, updateDomainAction } from '@/app/(portal)/domains/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
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
  return (
    <FormDialog
      title="Edit domain"
      trigger={<Button icon={<Pencil />}>Edit</Button>}
      submitLabel="Save"
      done="Domain saved"
      send={(form) =>
        updateDomainAction({
          ...{ domainId: domain.id, rev: domain.rev },
          ...{ title: textOf(form, 'title'), description: textOf(form, 'description') },
        })
      }
    >
      {(fields) => (
        <>
          <Field label="Title" error={fields.title} required>
            <Input name="title" defaultValue={domain.title} />
          </Field>
          <Field label="Description" error={fields.description} optional>
            <Textarea name="description" rows={5} defaultValue={domain.description} />
          </Field>
        </>
      )}
    </FormDialog>
  );
}

function ArchiveDomain({ domain }: { domain: DomainDetail }) {
  const { isArchived, title, id: domainId } = domain;
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
      onConfirm={() => archiveDomainAction({ domainId, isArchived: !isArchived })}
    />
  );
}
