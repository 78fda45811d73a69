'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { receivePrivacyRequestAction } from '@/app/(portal)/governance/privacy/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Select, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import { REGULATION } from './privacy-words';

export type Kinds = Record<string, Record<string, { title: string; article: string }>>;

/** Takes a request in; the search begins at once. */
export function ReceiveRequestDialog({ kinds }: { kinds: Kinds }) {
  const router = useRouter();
  const [regulation, setRegulation] = useState('gdpr');
  function send(form: FormData) {
    const day = textOf(form, 'receivedAt');
    const at = day ? new Date(`${day}T00:00:00`) : null;
    return receivePrivacyRequestAction({
      ...{ regulation: regulation as 'gdpr', kind: textOf(form, 'kind') },
      ...{ identifier: textOf(form, 'identifier'), note: textOf(form, 'note') },
      receivedAt: at && !Number.isNaN(at.getTime()) ? at.toISOString() : '',
    });
  }
  return (
    <FormDialog
      title="New privacy request"
      description="The identifier is kept encrypted while the request is open and destroyed at its end. No log and no alert shows it."
      trigger={
        <Button variant="primary" icon={<Plus />}>
          New request
        </Button>
      }
      submitLabel="Begin the search"
      send={send}
      onDone={({ requestId }) => router.push(`/governance/privacy/${requestId}`)}
    >
      {(fields) => (
        <>
          <Field label="Law">
            <Select
              name="regulation"
              value={regulation}
              onChange={(event) => setRegulation(event.target.value)}
              options={Object.keys(kinds).map((value) => ({
                value,
                label: REGULATION[value] ?? value,
              }))}
            />
          </Field>
          <Field label="What the person asks for" error={fields.kind}>
            <Select
              key={regulation}
              name="kind"
              options={Object.entries(kinds[regulation] ?? {}).map(
                ([value, { title, article }]) => ({
                  value,
                  label: `${title} (${article})`,
                }),
              )}
            />
          </Field>
          <Field
            label="Identifier"
            required
            hint="What finds the person: an e-mail address, a customer number, …"
            error={fields.identifier}
          >
            <Input
              name="identifier"
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              required
            />
          </Field>
          <Field
            label="Received on"
            optional
            hint="The law’s clock runs from this day. Without it: today."
            error={fields.receivedAt}
          >
            <Input type="date" name="receivedAt" />
          </Field>
          <Field
            label="Note"
            optional
            hint="How it arrived, how the person proved who they are. Without the identifier."
            error={fields.note}
          >
            <Textarea name="note" rows={2} maxLength={1000} />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
