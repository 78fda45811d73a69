'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef } from 'react';
import {
  assignIncidentAction,
  commentIncidentAction,
  setRootCauseAction,
} from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Select, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { IncidentDetail } from '@/lib/quality';

type Given = { incident: IncidentDetail };

export function AssignForm({ incident }: Given) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(assignIncidentAction, () => {
    toast({ title: 'Assigned', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = textOf(new FormData(event.currentTarget), 'email');
    run({ incidentId: incident.id, rev: incident.rev, email });
  }
  return (
    <form onSubmit={submit} className="grid gap-3" key={incident.rev}>
      <Field label="Assigned to" error={fields.email}>
        <Select
          name="email"
          defaultValue={incident.assignee ?? ''}
          placeholder="Nobody"
          options={incident.people.map(({ email, name }) => ({
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

export function RootCauseForm({ incident }: Given) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(setRootCauseAction, () => {
    toast({ title: 'Kept', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const rootCause = textOf(new FormData(event.currentTarget), 'rootCause');
    run({ incidentId: incident.id, rev: incident.rev, rootCause });
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-3" key={incident.rev}>
      <Field label="Why it fails" error={fields.rootCause}>
        <Textarea name="rootCause" rows={3} maxLength={1000} defaultValue={incident.rootCause} />
      </Field>
      <FormMessage message={message} />
      <Button type="submit" size="sm" loading={isPending}>
        Keep the cause
      </Button>
    </form>
  );
}

export function CommentForm({ incidentId }: { incidentId: string }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { run, isPending, message, fields } = useAction(commentIncidentAction, () => {
    form.current?.reset();
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ incidentId, note: textOf(new FormData(event.currentTarget), 'note') });
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="mt-5 grid gap-3 border-t pt-4">
      <Field label="Comment" error={fields.note}>
        <Textarea name="note" rows={2} maxLength={1000} required />
      </Field>
      <FormMessage message={message} />
      <Button type="submit" size="sm" loading={isPending}>
        Add the comment
      </Button>
    </form>
  );
}
