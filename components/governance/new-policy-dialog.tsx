'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { draftPolicyAction } from '@/app/(portal)/governance/policies/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';

interface NewPolicyDialogProps {
  domains: { name: string; title: string }[];
  isSteward: boolean;
}

/** Begins a policy that does not exist yet. */
export function NewPolicyDialog({ domains, isSteward }: NewPolicyDialogProps) {
  const router = useRouter();
  const { run, isPending, message, fields } = useAction(draftPolicyAction, (_, { name }) =>
    router.push(`/governance/policies/${name}/draft`),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({ name: textOf(form, 'name'), domain: textOf(form, 'domain') || null });
  }
  return (
    <Dialog
      title="New policy"
      description="A document of its own. To change one that is there, open it and edit it."
      trigger={
        <Button variant="primary" icon={<Plus />}>
          New policy
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field
          label="Name"
          required
          hint="As in addresses: lower case, for example sales-retention"
          error={fields.name}
        >
          <Input name="name" autoComplete="off" required maxLength={63} />
        </Field>
        <Field label="Holds in" error={fields.domain}>
          <Select
            name="domain"
            options={[
              ...(isSteward ? [{ value: '', label: 'Every domain' }] : []),
              ...domains.map(({ name, title }) => ({ value: name, label: title })),
            ]}
          />
        </Field>
        {message && <Callout tone="error">{message}</Callout>}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Begin the draft
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
