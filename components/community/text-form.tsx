'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';

type Answer =
  | { ok: true; data: unknown }
  | { ok: false; message: string; fields?: Record<string, string> };

interface TextFormProps {
  label: string;
  hint?: string;
  button: string;
  /** Said when it is done. */
  done: string;
  most: number;
  initial?: string;
  rows?: number;
  send: (text: string) => Promise<Answer>;
  onDone?: () => void;
}

/** One text and a button: a question, an answer, a reason. */
export function TextForm(props: TextFormProps) {
  const { label, hint, button, done, most, initial, rows = 3, send, onDone } = props;
  const router = useRouter();
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const { run, isPending, message, fields } = useAction(send, () => {
    form.current?.reset();
    toast({ title: done, tone: 'ok' });
    onDone?.();
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run(textOf(new FormData(event.currentTarget), 'text'));
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-3">
      <Field label={label} hint={hint} error={Object.values(fields)[0]}>
        <Textarea name="text" rows={rows} maxLength={most} defaultValue={initial} dir="auto" />
      </Field>
      <FormMessage message={message} />
      <Button type="submit" size="sm" loading={isPending} className="justify-self-start">
        {button}
      </Button>
    </form>
  );
}
