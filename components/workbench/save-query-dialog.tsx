'use client';

import { useRouter } from 'next/navigation';
import { saveQueryAction, updateQueryAction } from '@/app/(portal)/workbench/actions';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Select, Textarea } from '@/components/ui/input';
import { type Answer, textOf } from '@/components/ui/use-action';
import type { SavedQueryRow } from '@/lib/workbench';

export interface DomainChoice {
  id: string;
  name: string;
}

interface SaveQueryDialogProps {
  sql: string;
  /** The one that is changed; a new one without it. */
  saved?: SavedQueryRow;
  domains: DomainChoice[];
  onClose: () => void;
}

/** Keeps the statement under a name, for oneself or for a domain. */
export function SaveQueryDialog({ sql, saved, domains, onClose }: SaveQueryDialogProps) {
  const router = useRouter();
  async function send(form: FormData): Promise<Answer<unknown>> {
    const words = {
      name: textOf(form, 'name'),
      description: textOf(form, 'description'),
      domainId: textOf(form, 'domainId') || null,
    };
    if (saved) return updateQueryAction({ queryId: saved.id, rev: saved.rev, ...words });
    const answer = await saveQueryAction({ sql, ...words });
    if (answer.ok) router.push(`/workbench?query=${answer.data.queryId}`, { scroll: false });
    return answer;
  }
  return (
    <FormDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={saved ? 'Name and sharing' : 'Save this query'}
      description="The statement is kept, not its rows. Whoever runs it reads with their own rights."
      submitLabel="Save"
      send={send}
    >
      {(fields) => (
        <>
          <Field label="Name" required error={fields.name}>
            <Input name="name" defaultValue={saved?.name} autoComplete="off" maxLength={80} />
          </Field>
          <Field label="Description" optional error={fields.description}>
            <Textarea
              name="description"
              defaultValue={saved?.description}
              rows={2}
              maxLength={500}
            />
          </Field>
          <Field
            label="Who sees it"
            hint="Members of the domain who may not know of one of its products do not see it."
            error={fields.domainId ?? fields.sql}
          >
            <Select
              name="domainId"
              defaultValue={saved?.domain?.id ?? ''}
              placeholder="Only you"
              options={domains.map(({ id, name }) => ({ value: id, label: `Members of ${name}` }))}
            />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
