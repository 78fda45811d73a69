'use client';

import { signIn } from 'next-auth/react';
import type { FormEvent } from 'react';
import { createFirstAdminAction } from '@/app/setup/actions';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';

/** First run: nobody exists, so whoever is here becomes the first platform admin. */
export function SetupForm() {
  const { run, isPending, message, fields } = useAction(createFirstAdminAction, (_, input) => {
    const { email, password } = input;
    void signIn('credentials', { email, password, callbackUrl: '/' });
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
    });
  }

  return (
    <Card>
      <h1 className="text-2xl font-semibold tracking-tight">Set up Portolan</h1>
      <p className="mt-1.5 text-muted">
        Nobody has an account yet. Create yours: it will be the first platform admin, who creates
        domains and lets others in.
      </p>
      <form onSubmit={submit} className="mt-5 flex flex-col gap-4">
        <FormMessage message={message} />
        <Field label="Your name" error={fields.name} required>
          <Input name="name" autoComplete="name" autoFocus />
        </Field>
        <Field label="E-mail" error={fields.email} required>
          <Input name="email" type="email" autoComplete="username" />
        </Field>
        <Field
          label="Password"
          hint="At least 12 characters. A few unrelated words work well."
          error={fields.password}
          required
        >
          <Input name="password" type="password" autoComplete="new-password" minLength={12} />
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={isPending}>
          Create the first admin
        </Button>
      </form>
    </Card>
  );
}
