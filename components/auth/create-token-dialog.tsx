'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { createTokenAction } from '@/app/(portal)/settings/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { Field, FieldError } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select } from '@/components/ui/input';
import { ShownOnce } from '@/components/ui/shown-once';
import { textOf, useAction } from '@/components/ui/use-action';

const SCOPES = [
  { value: 'catalog:read', label: 'Read the catalogue', hint: 'Search, descriptions, schemas.' },
  { value: 'data:read', label: 'Read data', hint: 'Rows of products you may read.' },
  { value: 'products:write', label: 'Build products', hint: 'Drafts, runs, grants, retiring.' },
  { value: 'governance:read', label: 'Read governance', hint: 'Policies and the audit log.' },
  { value: 'governance:write', label: 'Change governance', hint: 'Policies.' },
  { value: 'admin', label: 'Everything you may do', hint: 'All of the above, people and domains.' },
] as const;

const LIFETIMES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
];

export function CreateTokenDialog() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  function changeOpen(next: boolean) {
    setOpen(next);
    setSecret(null);
  }
  return (
    <Dialog
      title={secret ? 'Copy your token now' : 'New API token'}
      description={
        secret
          ? 'It is shown this once: the portal keeps only a hash of it.'
          : 'It acts as you, within the scopes you choose.'
      }
      trigger={
        <Button variant="primary" icon={<Plus />}>
          New token
        </Button>
      }
      open={isOpen}
      onOpenChange={changeOpen}
    >
      {secret ? (
        <ShownOnce secret={secret} onDone={() => changeOpen(false)} />
      ) : (
        <TokenForm
          onCreated={(token) => {
            setSecret(token);
            router.refresh();
          }}
        />
      )}
    </Dialog>
  );
}

function TokenForm({ onCreated }: { onCreated: (token: string) => void }) {
  const { run, isPending, message, fields } = useAction(createTokenAction, ({ token }) =>
    onCreated(token),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = form.getAll('scope');
    run({
      name: textOf(form, 'name'),
      scopes: SCOPES.map(({ value }) => value).filter((value) => chosen.includes(value)),
      expiresInDays: textOf(form, 'expiresInDays'),
    });
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormMessage message={message} />
      <Field label="Name" hint="What will use it, for example churn notebook." error={fields.name}>
        <Input name="name" autoComplete="off" />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-sm font-medium">It may</legend>
        {SCOPES.map(({ value, label, hint }) => (
          <Checkbox
            key={value}
            name="scope"
            value={value}
            label={label}
            hint={hint}
            defaultChecked={value === 'catalog:read' || value === 'data:read'}
          />
        ))}
        {fields.scopes && <FieldError>{fields.scopes}</FieldError>}
      </fieldset>
      <Field label="Expires after" error={fields.expiresInDays}>
        <Select name="expiresInDays" options={LIFETIMES} defaultValue="30" />
      </Field>
      <Button type="submit" variant="primary" loading={isPending} className="self-end">
        Create token
      </Button>
    </form>
  );
}
