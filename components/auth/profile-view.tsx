'use client';

import { LogOut } from 'lucide-react';
import { type FormEvent, useRef } from 'react';
import { changePasswordAction, endSessionsAction } from '@/app/(portal)/settings/actions';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { OwnProfile } from '@/lib/auth';
import { roleName } from './role-names';

export function ProfileView({ profile }: { profile: OwnProfile }) {
  const { name, email, platformRoles, memberships, hasPassword } = profile;
  const roles = [
    ...platformRoles.map(roleName),
    ...memberships.map(({ domain, role }) => `${roleName(role)} of ${domain}`),
  ];
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader className="mb-0" title="Profile" description="Your account in this portal." />
      <Card>
        <KeyValue
          items={[
            { label: 'Name', value: name },
            { label: 'E-mail', value: email },
            { label: 'Roles', value: roles.join(', ') || 'None: you read public products.' },
          ]}
        />
      </Card>
      <Card title="Password">
        {hasPassword ? (
          <PasswordForm email={email} />
        ) : (
          <p className="text-muted">
            You sign in through your identity provider. Change your password there.
          </p>
        )}
      </Card>
      <SessionsCard />
    </div>
  );
}

function PasswordForm({ email }: { email: string }) {
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const { run, isPending, message, fields } = useAction(changePasswordAction, () => {
    form.current?.reset();
    toast({
      title: 'Password changed',
      description: 'You were signed out everywhere else.',
      tone: 'ok',
    });
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    run({ current: textOf(data, 'current'), next: textOf(data, 'next') });
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormMessage message={message} />
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label="Current password" error={fields.current} required>
        <Input name="current" type="password" autoComplete="current-password" />
      </Field>
      <Field
        label="New password"
        hint="At least 12 characters. Your other sessions end."
        error={fields.next}
        required
      >
        <Input name="next" type="password" autoComplete="new-password" />
      </Field>
      <Button type="submit" variant="primary" loading={isPending} className="self-start">
        Change password
      </Button>
    </form>
  );
}

function SessionsCard() {
  const end = async () => {
    const result = await endSessionsAction({});
    if (result.ok) window.location.assign('/signin');
    return result;
  };
  return (
    <Card
      title="Sessions"
      description="A lost laptop, a shared computer: end every session you have, this one too."
    >
      <ConfirmDialog
        trigger={
          <Button variant="danger-quiet" icon={<LogOut />}>
            Sign out everywhere
          </Button>
        }
        title="Sign out everywhere?"
        effects={[
          'Every browser you are signed in with is signed out at once.',
          'API tokens go on.',
        ]}
        confirmLabel="Sign out everywhere"
        onConfirm={end}
      />
    </Card>
  );
}
