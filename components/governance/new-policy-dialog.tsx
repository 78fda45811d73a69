'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { draftPolicyAction } from '@/app/(portal)/governance/policies/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Select } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';

interface NewPolicyDialogProps {
  domains: { name: string; title: string }[];
  isSteward: boolean;
}

/** Begins a policy that does not exist yet. */
export function NewPolicyDialog({ domains, isSteward }: NewPolicyDialogProps) {
  const router = useRouter();
  return (
    <FormDialog
      title="New policy"
      description="A document of its own. To change one that is there, open it and edit it."
      trigger={
        <Button variant="primary" icon={<Plus />}>
          New policy
        </Button>
      }
      submitLabel="Begin the draft"
      send={async (form) => {
        const name = textOf(form, 'name');
        const answer = await draftPolicyAction({ name, domain: textOf(form, 'domain') || null });
        if (answer.ok) router.push(`/governance/policies/${name}/draft`);
        return answer;
      }}
    >
      {(fields) => (
        <>
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
        </>
      )}
    </FormDialog>
  );
}
