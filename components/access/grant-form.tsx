'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState, useTransition } from 'react';
import { grantAccessAction } from '@/app/(portal)/governance/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';

interface Problem {
  message: string;
  fields: Record<string, string>;
}

/** The end of the chosen day where the viewer is. */
function endOf(day: string): string | undefined {
  if (!day) return undefined;
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

export function GrantForm({ productId }: { productId: string }) {
  const router = useRouter();
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '');
    startTransition(async () => {
      const result = await grantAccessAction({
        productId,
        email: text('email'),
        purpose: text('purpose'),
        permissions: text('permissions') === 'write' ? ['read', 'write'] : ['read'],
        expiresAt: endOf(text('expiresAt')),
      });
      if (!result.ok) {
        setProblem({ message: result.message, fields: result.fields ?? {} });
        return;
      }
      setProblem(null);
      form.current?.reset();
      toast({ title: `${text('email')} may read this product now`, tone: 'ok' });
      router.refresh();
    });
  }

  const fields = problem?.fields ?? {};
  const isGeneral = problem && Object.keys(fields).length === 0;
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
      <Field label="E-mail address" required error={fields.email}>
        <Input type="email" name="email" autoComplete="off" required />
      </Field>
      <Field
        label="Purpose"
        required
        hint="What the data is for; it stands in the log."
        error={fields.purpose}
      >
        <Input name="purpose" maxLength={500} required />
      </Field>
      <Field label="May" error={fields.permissions}>
        <Select
          name="permissions"
          options={[
            { value: 'read', label: 'Read' },
            { value: 'write', label: 'Read and write' },
          ]}
        />
      </Field>
      <Field
        label="Last day"
        optional
        hint="Without one the grant holds until it is revoked."
        error={fields.expiresAt}
      >
        <Input type="date" name="expiresAt" />
      </Field>
      {isGeneral && (
        <Callout tone="error" className="sm:col-span-2">
          {problem.message}
        </Callout>
      )}
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" loading={isPending}>
          Grant access
        </Button>
      </div>
    </form>
  );
}
