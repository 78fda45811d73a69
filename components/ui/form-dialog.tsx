'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { FormMessage } from './form-message';
import { useToast } from './toast';
import { type Answer, useAction } from './use-action';

interface FormDialogProps<T> {
  title: string;
  description?: string | undefined;
  /** Opens the dialog; leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: 'sm' | 'md';
  /** Sends what the form's controls hold. */
  send: (form: FormData) => Promise<Answer<T>>;
  submitLabel: string;
  /** Something else that can be done in its place. */
  other?: { label: string; send: () => Promise<Answer<T>> } | undefined;
  /** What is said when it is done. */
  done?: string | ((data: T, form: FormData) => { title: string; description?: string });
  /** What follows in place of reading the page anew. */
  onDone?: (data: T) => void;
  /** The fields, with what was wrong with each by its name. */
  children: (fields: Record<string, string>) => ReactNode;
}

/** A form in a dialog: it stays open with what was refused, closes when it is done, and then the page is read anew. */
export function FormDialog<T>(props: FormDialogProps<T>) {
  const { title, description, trigger, size, send, submitLabel, other, done, onDone } = props;
  const router = useRouter();
  const toast = useToast();
  const [ownOpen, setOwnOpen] = useState(false);
  const changeOpen = (open: boolean) => {
    setOwnOpen(open);
    props.onOpenChange?.(open);
    action.reset();
  };
  const action = useAction(
    ({ call }: { call: () => Promise<Answer<T>>; form: FormData }) => call(),
    (data, { form }) => {
      changeOpen(false);
      const said = typeof done === 'function' ? done(data, form) : done && { title: done };
      if (said) toast({ ...said, tone: 'ok' });
      if (onDone) onDone(data);
      else router.refresh();
    },
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // The dialog may stand in a form: what it sends is its own.
    event.stopPropagation();
    const form = new FormData(event.currentTarget);
    action.run({ call: () => send(form), form });
  }
  return (
    <Dialog
      {...{ title, description, trigger, size }}
      open={props.open ?? ownOpen}
      onOpenChange={changeOpen}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        {props.children(action.fields)}
        <FormMessage message={action.message} />
        <div className="flex flex-wrap justify-end gap-2">
          {other && (
            <Button
              disabled={action.isPending}
              onClick={() => action.run({ call: other.send, form: new FormData() })}
            >
              {other.label}
            </Button>
          )}
          <Button type="submit" variant="primary" loading={action.isPending}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
