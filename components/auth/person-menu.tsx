'use client';

import { Ellipsis, KeyRound, LogOut, ShieldCheck, UserCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import {
  endSessionsAction,
  resetPasswordAction,
  setDisabledAction,
  setPlatformRolesAction,
} from '@/app/(portal)/settings/actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
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
  return (
    <FormDialog
      title={`Roles of ${person.name}`}
      open={isOpen}
      onOpenChange={onOpenChange}
      submitLabel="Save roles"
      send={(form) =>
        setPlatformRolesAction({ userId: person.id, platformRoles: platformRolesOf(form) })
      }
    >
      {() => <PlatformRoleChoice held={person.platformRoles} />}
    </FormDialog>
  );
}

function PasswordDialog({ person, isOpen, onOpenChange }: DialogProps) {
  return (
    <FormDialog
      title={`New password for ${person.name}`}
      description="Their sessions end. Give it to them in person and ask them to change it."
      open={isOpen}
      onOpenChange={onOpenChange}
      submitLabel="Set password"
      done={`${person.name} has a new password`}
      send={(form) =>
        resetPasswordAction({ userId: person.id, password: textOf(form, 'password') })
      }
    >
      {(fields) => (
        <Field label="Password" hint="At least 12 characters." error={fields.password} required>
          <Input name="password" type="password" autoComplete="new-password" />
        </Field>
      )}
    </FormDialog>
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
  const { isDisabled } = person;
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
      onConfirm={() => setDisabledAction({ userId: person.id, isDisabled: !isDisabled })}
    />
  );
}
