'use client';

import { KeySquare } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { type FormEvent, useRef, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import { signInErrorText } from './sign-in-error';

interface SignInFormProps {
  /** A path of this site. */
  callbackUrl: string;
  /** The identity provider's name when one is configured. */
  oidcName: string | null;
  /** `?error=` of a sign-in that was sent back here. */
  error: string | null;
  demo: { users: { email: string; name: string; role: string }[]; password: string } | null;
}

export function SignInForm({ callbackUrl, oidcName, error, demo }: SignInFormProps) {
  const [message, setMessage] = useState(error === null ? null : signInErrorText(error));
  const [isPending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);

  function signInWith(email: string, password: string) {
    startTransition(async () => {
      const result = await signIn('credentials', { email, password, callbackUrl, redirect: false });
      // A full load: everything that was cached for nobody is gone with it.
      if (result?.ok) window.location.assign(callbackUrl);
      else setMessage(signInErrorText(result?.error ?? 'Unexpected'));
    });
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    signInWith(textOf(data, 'email'), textOf(data, 'password'));
  }

  return (
    <div className="flex flex-col gap-4">
      <Card>
        <h1 className="text-2xl font-semibold tracking-tight">Sign in</h1>
        <form ref={form} onSubmit={submit} method="post" className="mt-5 flex flex-col gap-4">
          <FormMessage message={message} />
          <Field label="E-mail" required>
            <Input name="email" type="email" autoComplete="username" autoFocus />
          </Field>
          <Field label="Password" required>
            <Input name="password" type="password" autoComplete="current-password" />
          </Field>
          <Button type="submit" variant="primary" size="lg" loading={isPending}>
            Sign in
          </Button>
        </form>
        {oidcName && (
          <Button
            size="lg"
            className="mt-3 w-full"
            icon={<KeySquare />}
            onClick={() => void signIn('oidc', { callbackUrl })}
          >
            Continue with {oidcName}
          </Button>
        )}
      </Card>
      {demo && <DemoAccounts demo={demo} isPending={isPending} onChoose={signInWith} />}
    </div>
  );
}

interface DemoAccountsProps {
  demo: NonNullable<SignInFormProps['demo']>;
  isPending: boolean;
  onChoose: (email: string, password: string) => void;
}

function DemoAccounts({ demo, isPending, onChoose }: DemoAccountsProps) {
  return (
    <Card title="Demo accounts" description="Synthetic people. Choose one to look around as them.">
      <ul className="flex flex-col gap-1.5">
        {demo.users.map((user) => (
          <li key={user.email}>
            <button
              type="button"
              disabled={isPending}
              onClick={() => onChoose(user.email, demo.password)}
              className="flex w-full flex-wrap items-baseline justify-between gap-x-3 rounded-md border px-3 py-2 text-left transition-colors hover:border-line-strong hover:bg-hover disabled:opacity-60"
            >
              <span className="font-medium">{user.role}</span>
              <span className="text-sm break-all text-muted">{user.email}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-muted">
        Password of all: <code className="font-mono text-ink">{demo.password}</code>
      </p>
    </Card>
  );
}
