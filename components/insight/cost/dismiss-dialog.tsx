'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  dismissDuplicateAction,
  restoreDuplicateAction,
} from '@/app/(portal)/insight/cost/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';

interface DismissDialogProps {
  /** Their addresses. */
  products: [string, string];
  titles: [string, string];
}

/** Says what tells two products apart, so that they are listed no more. */
export function DismissDialog({ products, titles }: DismissDialogProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields, reset } = useAction(dismissDuplicateAction, () => {
    setIsOpen(false);
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ products, reason: textOf(new FormData(event.currentTarget), 'reason') });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      title="Not a duplicate"
      description={`${titles.join(' and ')} are listed no more as alike, for everybody. It can be taken back under Dismissed.`}
      trigger={<Button size="sm">Not a duplicate</Button>}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="What tells them apart" required error={fields.reason}>
          <Textarea name="reason" rows={3} required />
        </Field>
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Dismiss
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Lists the two as alike again. */
export function RestoreButton({ products }: { products: [string, string] }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message } = useAction(restoreDuplicateAction, () => {
    toast({ title: 'They are listed again', tone: 'ok' });
    router.refresh();
  });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button size="sm" loading={isPending} onClick={() => run({ products })}>
        List again
      </Button>
      <FormMessage message={message} />
    </div>
  );
}
