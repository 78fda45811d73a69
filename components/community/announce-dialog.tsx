'use client';

import { Megaphone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  announceAction,
  endAnnouncementAction,
} from '@/app/(portal)/products/[domain]/[product]/community-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';

/** The owner tells whoever follows the product. */
export function AnnounceDialog({ productId }: { productId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields } = useAction(announceAction, ({ told }) => {
    setIsOpen(false);
    const who = told === 1 ? 'One person was told.' : `${told} people were told.`;
    toast({ title: 'Announced', description: who, tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [title = '', text = '', until = ''] = ['title', 'text', 'until'].map((name) =>
      textOf(form, name),
    );
    run({ productId, title, text, until });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      title="Announce something"
      description="It stands above every page of the product until the day, and whoever follows it is told now."
      trigger={<Button icon={<Megaphone aria-hidden />}>Announce</Button>}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="In a line" required error={fields.title}>
          <Input name="title" maxLength={120} required dir="auto" />
        </Field>
        <Field label="More" optional error={fields.text}>
          <Textarea name="text" rows={4} maxLength={2000} dir="auto" />
        </Field>
        <Field label="Shown until" required error={fields.until}>
          <Input type="date" name="until" required />
        </Field>
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Announce
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function EndButton({ announcementId }: { announcementId: string }) {
  const router = useRouter();
  const end = async () => {
    const answer = await endAnnouncementAction({ announcementId });
    if (answer.ok) router.refresh();
    return answer;
  };
  return (
    <ConfirmDialog
      trigger={<Button size="sm">End it</Button>}
      title="End the announcement?"
      effects={['It is shown no more. Who was told keeps the alert.']}
      confirmLabel="End it"
      onConfirm={end}
    />
  );
}
