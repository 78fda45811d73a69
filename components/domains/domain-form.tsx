'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { createDomainAction } from '@/app/(portal)/domains/actions';
import { Button, ButtonLink } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';

/** `Supply chain` → `supply-chain`. */
const slugOf = (title: string) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63);

export function DomainForm() {
  const router = useRouter();
  const toast = useToast();
  const [title, setTitle] = useState('');
  const [name, setName] = useState<string | null>(null);
  const { run, isPending, message, fields } = useAction(createDomainAction, (created) => {
    toast({ title: 'Domain created', description: 'Now add the people who work in it.' });
    router.push(`/domains/${created.name}`);
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const description = textOf(new FormData(event.currentTarget), 'description');
    run({ title, name: name ?? slugOf(title), description });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormMessage message={message} />
      <Field label="Title" error={fields.title} required>
        <Input value={title} onChange={(event) => setTitle(event.target.value)} autoFocus />
      </Field>
      <Field
        label="Name"
        hint="Stands in addresses and in SQL, and does not change later."
        error={fields.name}
        required
      >
        <Input
          value={name ?? slugOf(title)}
          onChange={(event) => setName(event.target.value)}
          className="font-mono"
          spellCheck={false}
        />
      </Field>
      <Field
        label="Description"
        hint="What the team does and which data it answers for."
        error={fields.description}
        optional
      >
        <Textarea name="description" rows={4} />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" loading={isPending}>
          Create domain
        </Button>
        <ButtonLink href="/domains">Cancel</ButtonLink>
      </div>
    </form>
  );
}
