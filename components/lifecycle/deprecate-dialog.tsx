'use client';

import { CalendarX2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  deprecateProductAction,
  withdrawDeprecationAction,
} from '@/app/(portal)/products/[domain]/[product]/lifecycle-actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { ProductLifecycle } from '@/lib/release';

interface Props {
  productId: string;
  current: ProductLifecycle['deprecation'];
}

/** Says that the product will end, from when, and what takes its place. */
export function DeprecateDialog({ productId, current }: Props) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields } = useAction(deprecateProductAction, ({ told }) => {
    setIsOpen(false);
    const who = told === 1 ? '1 consumer was told.' : `${told} consumers were told.`;
    toast({ title: 'The product is deprecated', description: who, tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [sunsetAt, successor, note] = ['sunsetAt', 'successor', 'note'].map((name) =>
      textOf(form, name),
    );
    run({ productId, sunsetAt: sunsetAt ?? '', successor, note });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      title={current ? 'Change the deprecation' : 'Deprecate this product?'}
      description="It serves on until you retire it. Holders of grants, recent readers and owners of products that read it are told now and again before the day; every answer carries the headers Deprecation and Sunset."
      trigger={
        <Button icon={<CalendarX2 aria-hidden />}>
          {current ? 'Change the deprecation' : 'Deprecate'}
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field
          label="Sunset"
          required
          hint="On this day it is retired by itself: it answers no more and its rows are destroyed."
          error={fields.sunsetAt}
        >
          <Input
            type="date"
            name="sunsetAt"
            required
            defaultValue={current?.sunsetAt?.slice(0, 10)}
          />
        </Field>
        <Field
          label="Successor"
          optional
          hint="What takes its place, as domain/name."
          error={fields.successor}
        >
          <Input
            name="successor"
            autoComplete="off"
            maxLength={200}
            defaultValue={current?.successor ?? ''}
          />
        </Field>
        <Field label="Why" optional error={fields.note}>
          <Textarea name="note" rows={3} maxLength={1000} defaultValue={current?.note} />
        </Field>
        {message && <Callout tone="error">{message}</Callout>}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Deprecate and tell consumers
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function WithdrawDialog({ productId }: { productId: string }) {
  const router = useRouter();
  const withdraw = async () => {
    const answer = await withdrawDeprecationAction({ productId });
    if (answer.ok) router.refresh();
    return answer;
  };
  return (
    <ConfirmDialog
      trigger={<Button>Withdraw the deprecation</Button>}
      title="Withdraw the deprecation?"
      effects={['The product stays in production.', 'Consumers are told.']}
      confirmLabel="Withdraw"
      danger={false}
      onConfirm={withdraw}
    />
  );
}
