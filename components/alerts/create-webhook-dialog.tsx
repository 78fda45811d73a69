'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { createWebhookAction } from '@/app/(portal)/settings/webhooks/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select } from '@/components/ui/input';
import { ShownOnce } from '@/components/ui/shown-once';
import { textOf, useAction } from '@/components/ui/use-action';

interface CreateWebhookDialogProps {
  domains: { name: string; title: string }[];
  kinds: readonly string[];
}

export function CreateWebhookDialog({ domains, kinds }: CreateWebhookDialogProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { run, isPending, message, fields } = useAction(createWebhookAction, (made) => {
    setSecret(made.secret);
    router.refresh();
  });
  function changeOpen(next: boolean) {
    setIsOpen(next);
    setSecret(null);
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({
      url: textOf(form, 'url'),
      description: textOf(form, 'description'),
      domain: textOf(form, 'domain'),
      kinds: form.getAll('kind').map(String),
    });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={changeOpen}
      title={secret ? 'Copy the signing secret now' : 'New webhook'}
      description={
        secret
          ? 'It is shown this once. The receiver verifies each request with it (Standard Webhooks).'
          : 'Portolan posts each alert as a CloudEvent, tries again for about a day, and keeps what could not be delivered.'
      }
      trigger={
        <Button variant="primary" icon={<Plus />}>
          New webhook
        </Button>
      }
    >
      {secret ? (
        <ShownOnce secret={secret} onDone={() => changeOpen(false)} />
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-4">
          <Field label="Address" required hint="https, on the public internet" error={fields.url}>
            <Input name="url" type="url" autoComplete="off" required maxLength={2000} />
          </Field>
          <Field label="What it is for" optional error={fields.description}>
            <Input name="description" autoComplete="off" maxLength={200} />
          </Field>
          <Field label="Alerts of" error={fields.domain}>
            <Select
              name="domain"
              options={[
                { value: '', label: 'Every domain' },
                ...domains.map(({ name, title }) => ({ value: name, label: title })),
              ]}
            />
          </Field>
          <fieldset className="grid gap-2 sm:grid-cols-2">
            <legend className="mb-1.5 text-sm font-medium">Kinds (none: all)</legend>
            {kinds
              .filter((kind) => kind.endsWith('.*'))
              .map((kind) => (
                <Checkbox key={kind} name="kind" value={kind} label={kind} />
              ))}
          </fieldset>
          <FormMessage message={message ?? fields.kinds ?? null} />
          <div className="flex justify-end">
            <Button type="submit" variant="primary" loading={isPending}>
              Add it
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
