'use client';

import { Ellipsis, KeyRound, LogOut, ShieldCheck, UserCheck, UserX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  endSessionsAction,
  resetPasswordAction,
  setDisabledAction,
  setPlatformRolesAction,
} from '@/app/(portal)/settings/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { PersonRow } from '@/lib/auth';
import { PlatformRoleChoice, platformRolesOf } from './platform-role-choice';

type Open = 'roles' | 'password' | 'sessions' | 'disable' | null;

interface DialogProps {
  person: PersonRow;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function PersonMenu({ person, isSelf }: { person: PersonRow; isSelf: boolean }) {
  const [open, setOpen] = useState<Open>(null);
  const dialog = (kind: Open): DialogProps => ({
    person,
    isOpen: open === kind,
    onOpenChange: (isOpen) => setOpen(isOpen ? kind : null),
  });
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={<IconButton label={`Actions for ${person.name}`} icon={<Ellipsis />} size="sm" />}
        entries={[
          { label: 'Roles', icon: <ShieldCheck />, onSelect: () => setOpen('roles') },
          { label: 'New password', icon: <KeyRound />, onSelect: () => setOpen('password') },
          { label: 'End sessions', icon: <LogOut />, onSelect: () => setOpen('sessions') },
          'separator',
          {
            label: person.isDisabled ? 'Enable' : 'Disable',
            icon: person.isDisabled ? <UserCheck /> : <UserX />,
            danger: !person.isDisabled,
            disabled: isSelf,
            onSelect: () => setOpen('disable'),
          },
        ]}
      />
      <RolesDialog {...dialog('roles')} />
      <PasswordDialog {...dialog('password')} />
      <EndSessionsDialog {...dialog('sessions')} />
      <DisableDialog {...dialog('disable')} />
    </>
  );
}

function RolesDialog({ person, isOpen, onOpenChange }: DialogProps) {
  const router = useRouter();
  const { run, isPending, message } = useAction(setPlatformRolesAction, () => {
    onOpenChange(false);
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ userId: person.id, platformRoles: platformRolesOf(new FormData(event.currentTarget)) });
  }
  return (
    <Dialog title={`Roles of ${person.name}`} open={isOpen} onOpenChange={onOpenChange}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormMessage message={message} />
        <PlatformRoleChoice held={person.platformRoles} />
        <Button type="submit" variant="primary" loading={isPending} className="self-end">
          Save roles
        </Button>
      </form>
    </Dialog>
  );
}

function PasswordDialog({ person, isOpen, onOpenChange }: DialogProps) {
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(resetPasswordAction, () => {
    onOpenChange(false);
    toast({ title: `${person.name} has a new password`, tone: 'ok' });
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ userId: person.id, password: textOf(new FormData(event.currentTarget), 'password') });
  }
  return (
    <Dialog
      title={`New password for ${person.name}`}
      description="Their sessions end. Give it to them in person and ask them to change it."
      open={isOpen}
      onOpenChange={onOpenChange}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormMessage message={message} />
        <Field label="Password" hint="At least 12 characters." error={fields.password} required>
          <Input name="password" type="password" autoComplete="new-password" />
        </Field>
        <Button type="submit" variant="primary" loading={isPending} className="self-end">
          Set password
        </Button>
      </form>
    </Dialog>
  );
}

function EndSessionsDialog({ person, isOpen, onOpenChange }: DialogProps) {
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title={`End every session of ${person.name}?`}
      effects={['They are signed out everywhere at once.', 'Their API tokens go on.']}
      confirmLabel="End sessions"
      onConfirm={() => endSessionsAction({ userId: person.id })}
    />
  );
}

function DisableDialog({ person, isOpen, onOpenChange }: DialogProps) {
  const router = useRouter();
  const { isDisabled } = person;
  const change = async () => {
    const result = await setDisabledAction({ userId: person.id, isDisabled: !isDisabled });
    if (result.ok) router.refresh();
    return result;
  };
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title={isDisabled ? `Let ${person.name} in again?` : `Disable ${person.name}?`}
      effects={
        isDisabled
          ? ['They can sign in again, with the roles they had.', 'Their API tokens work again.']
          : [
              'Their sessions and API tokens stop at once.',
              'Their products, roles and grants stay as they are.',
            ]
      }
      danger={!isDisabled}
      confirmLabel={isDisabled ? 'Enable' : 'Disable'}
      onConfirm={change}
    />
  );
}
