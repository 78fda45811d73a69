'use client';

import type { ComponentProps } from 'react';
import { Field } from './field';
import { FormDialog } from './form-dialog';
import { Textarea } from './input';
import { type Answer, textOf } from './use-action';

interface TextDialogProps<T>
  extends Omit<ComponentProps<typeof FormDialog<T>>, 'send' | 'children'> {
  label: string;
  hint?: string;
  /** Characters at most. */
  most: number;
  rows?: number;
  initial?: string;
  isOptional?: boolean;
  send: (text: string) => Promise<Answer<T>>;
}

/** One text that is asked for in a dialog: a reason, a question, an answer. */
export function TextDialog<T>(props: TextDialogProps<T>) {
  const { label, hint, most, rows = 3, initial, isOptional = false, send, ...dialog } = props;
  return (
    <FormDialog {...dialog} send={(form) => send(textOf(form, 'text'))}>
      {(fields) => (
        <Field
          {...{ label, hint }}
          required={!isOptional}
          optional={isOptional}
          error={Object.values(fields)[0]}
        >
          <Textarea name="text" rows={rows} maxLength={most} defaultValue={initial} dir="auto" />
        </Field>
      )}
    </FormDialog>
  );
}
