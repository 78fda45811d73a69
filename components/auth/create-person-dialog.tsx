'use client';

import { UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { createUserAction } from '@/app/(portal)/settings/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import { PlatformRoleChoice, platformRolesOf } from './platform-role-choice';

export function CreatePersonDialog() {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, message, fields, reset } = useAction(createUserAction, (_, input) => {
    setOpen(false);
    toast({ title: `${input.email} can sign in now`, tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textOf(form, 'password');
    run({
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
      platformRoles: platformRolesOf(form),
      ...(password && { password }),
    });
  }
  function changeOpen(next: boolean) {
    reset();
    setOpen(next);
  }
  return (
    <Dialog
      title="New person"
      description="Roles in a domain are given on the domain's page."
      trigger={
        <Button variant="primary" icon={<UserPlus />}>
          New person
        </Button>
      }
      open={isOpen}
      onOpenChange={changeOpen}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormMessage message={message} />
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
        <Button type="submit" variant="primary" loading={isPending} className="self-end">
          Create
        </Button>
      </form>
    </Dialog>
  );
}
