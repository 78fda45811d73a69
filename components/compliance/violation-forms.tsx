'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef } from 'react';
import {
  acknowledgeViolationAction,
  assignViolationAction,
  noteViolationAction,
} from '@/app/(portal)/governance/violations/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Select, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { ViolationDetail } from '@/lib/compliance';

/** Says that somebody sees to it, so that it is not told to higher people any more. */
export function AcknowledgeButton({ violationId }: { violationId: string }) {
  return (
    <ConfirmDialog
      danger={false}
      trigger={<Button variant="primary">Take it up</Button>}
      title="Take this violation up?"
      effects={[
        'It is yours unless it is somebody’s already.',
        'It is not told to higher people any more.',
        'It stays until the monitor does not find it any more.',
      ]}
      confirmLabel="Take it up"
      ask={{ label: 'Note', hint: 'What you are going to do.', isOptional: true, most: 1000 }}
      onConfirm={(note) => acknowledgeViolationAction({ violationId, note })}
      done="Taken up"
    />
  );
}

export function AssignForm({ violation }: { violation: ViolationDetail }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(assignViolationAction, () => {
    toast({ title: 'Assigned', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = textOf(new FormData(event.currentTarget), 'email');
    run({ violationId: violation.id, rev: violation.rev, email });
  }
  return (
    <form onSubmit={submit} className="grid gap-3" key={violation.rev}>
      <Field label="Assigned to" error={fields.email}>
        <Select
          name="email"
          defaultValue={violation.assignee ?? ''}
          placeholder="Nobody"
          options={violation.people.map(({ email, name }) => ({
            value: email,
            label: `${name} (${email})`,
          }))}
        />
      </Field>
      <FormMessage message={message} />
      <Button type="submit" size="sm" loading={isPending}>
        Assign
      </Button>
    </form>
  );
}

export function NoteForm({ violationId }: { violationId: string }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { run, isPending, message, fields } = useAction(noteViolationAction, () => {
    form.current?.reset();
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ violationId, note: textOf(new FormData(event.currentTarget), 'note') });
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="mt-5 grid gap-3 border-t pt-4">
      <Field label="Add a note" error={fields.note}>
        <Textarea name="note" rows={2} maxLength={1000} required />
      </Field>
      <FormMessage message={message} />
      <Button type="submit" size="sm" loading={isPending}>
        Add the note
      </Button>
    </form>
  );
}
