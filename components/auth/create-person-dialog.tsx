'use client';

import { UserPlus } from 'lucide-react';
import { createUserAction } from '@/app/(portal)/settings/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import { PlatformRoleChoice, platformRolesOf } from './platform-role-choice';

export const CreatePersonDialog = () => (
  <FormDialog
    title="New person"
    description="Roles in a domain are given on the domain's page."
    trigger={
      <Button variant="primary" icon={<UserPlus />}>
        New person
      </Button>
    }
    submitLabel="Create"
    done={(_, form) => ({ title: `${textOf(form, 'email')} can sign in now` })}
    send={(form) => {
      const password = textOf(form, 'password');
      return createUserAction({
        ...{ name: textOf(form, 'name'), email: textOf(form, 'email') },
        platformRoles: platformRolesOf(form),
        ...(password && { password }),
      });
    }}
  >
    {(fields) => (
      <>
        <Field label="Name" error={fields.name} required>
          <Input name="name" autoComplete="off" />
        </Field>
        <Field label="E-mail" error={fields.email} required>
          <Input name="email" type="email" autoComplete="off" />
        </Field>
        <Field
          label="First password"
          hint="At least 12 characters. Leave it empty for somebody who signs in through the identity provider."
          error={fields.password}
          optional
        >
          <Input name="password" type="password" autoComplete="new-password" />
        </Field>
        <PlatformRoleChoice />
      </>
    )}
  </FormDialog>
);
