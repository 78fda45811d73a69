'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  answerItemAction,
  decideItemAction,
  withdrawItemAction,
} from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { RadioCards } from '@/components/ui/choice';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { ItemView } from '@/lib/access';
import { TermsEditor, termsToSend, wholeTerms } from './terms-editor';

type Choice = 'approve' | 'narrow' | 'ask' | 'refuse';
const CHOICES = [
  { value: 'approve', title: 'Approve', description: 'All columns and rows, for the days asked.' },
  { value: 'narrow', title: 'Approve a part', description: 'Choose columns, masks, rows, days.' },
  { value: 'ask', title: 'Ask back', description: 'The request waits for an answer.' },
  { value: 'refuse', title: 'Refuse', description: 'Say why, and what they could use instead.' },
];
const DONE: Record<Choice, string> = {
  approve: 'Approved. It is checked now.',
  narrow: 'Approved in part. It is checked now.',
  ask: 'Your question is sent',
  refuse: 'Refused',
};

/** What the owner does with a request. */
export function DecideForm({ item }: { item: ItemView }) {
  const router = useRouter();
  const toast = useToast();
  const [choice, setChoice] = useState<Choice>('approve');
  const [terms, setTerms] = useState(wholeTerms(item.fields));
  const { run, isPending, message, fields } = useAction(decideItemAction, () => {
    toast({ title: DONE[choice], tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = { itemId: item.id, note: textOf(form, 'note') };
    if (choice === 'ask' || choice === 'refuse') return run({ ...said, decision: choice });
    if (choice === 'approve') return run({ ...said, decision: 'approve' });
    run({
      ...{ ...said, decision: 'approve' as const, terms: termsToSend(terms) },
      days: Number(textOf(form, 'days')),
    });
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <RadioCards
        legend="Your decision"
        name="decision"
        value={choice}
        onValueChange={(value) => setChoice(value as Choice)}
        options={CHOICES}
      />
      {choice === 'narrow' && (
        <>
          <TermsEditor fields={item.fields} value={terms} onChange={setTerms} />
          <Field label="For how many days" error={fields.days}>
            <Input type="number" name="days" min={1} max={item.days} defaultValue={item.days} />
          </Field>
        </>
      )}
      <Field
        label={choice === 'ask' ? 'Your question' : 'A word to who asked'}
        required={choice === 'ask' || choice === 'refuse'}
        error={fields.note}
      >
        <Textarea name="note" rows={3} maxLength={1000} />
      </Field>
      {(message ?? fields.terms) && <Callout tone="error">{message ?? fields.terms}</Callout>}
      <div>
        <Button type="submit" variant="primary" loading={isPending}>
          {CHOICES.find((one) => one.value === choice)?.title}
        </Button>
      </div>
    </form>
  );
}

/** What the requester does while it waits. */
export function RequesterForms({ item }: { item: ItemView }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(answerItemAction, () => {
    toast({ title: 'Your answer is sent', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    run({ itemId: item.id, note: textOf(new FormData(form), 'note') });
    form.reset();
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field
        label={item.status === 'question' ? 'Your answer' : 'Add a word'}
        required
        error={fields.note}
      >
        <Textarea name="note" rows={3} maxLength={1000} required />
      </Field>
      {message && <Callout tone="error">{message}</Callout>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" loading={isPending}>
          Send
        </Button>
        <ConfirmDialog
          trigger={<Button variant="danger-quiet">Withdraw the request</Button>}
          title="Withdraw this request?"
          effects={[
            'The owner sees it no more under what waits.',
            'You can ask again at any time.',
          ]}
          confirmLabel="Withdraw"
          onConfirm={() => withdrawItemAction({ itemId: item.id })}
        />
      </div>
    </form>
  );
}
