'use client';

import { useState, useTransition } from 'react';

/** What a server action answers: lib/http/action's result, as the browser sees it. */
export type Answer<T> =
  | { ok: true; data: T }
  | { ok: false; message: string; fields?: Record<string, string> };

interface ActionState<Input> {
  run: (input: Input) => void;
  isPending: boolean;
  /** What went wrong, for a Callout; null when the fields say it all. */
  message: string | null;
  /** Message per field. */
  fields: Record<string, string>;
  reset: () => void;
}

/** Calls a server action from a form, with its pending state and its refusal. */
export function useAction<Input, T>(
  call: (input: Input) => Promise<Answer<T>>,
  onDone: (data: T, input: Input) => void,
): ActionState<Input> {
  const [refusal, setRefusal] = useState<{ message: string; fields?: Record<string, string> }>();
  const [isPending, startTransition] = useTransition();
  function run(input: Input) {
    startTransition(async () => {
      const answer = await call(input);
      if (!answer.ok) return setRefusal(answer);
      setRefusal(undefined);
      onDone(answer.data, input);
    });
  }
  const fields = refusal?.fields ?? {};
  const message = refusal && Object.keys(fields).length === 0 ? refusal.message : null;
  return { run, isPending, message, fields, reset: () => setRefusal(undefined) };
}

/** The text controls of a form by name. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
