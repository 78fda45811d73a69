'use client';

import { Flag, RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  closeCampaignAction,
  recountCampaignAction,
} from '@/app/(portal)/insight/campaigns/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';

/** Has the products looked at now, and not at the next round; the page shows how far that is. */
export function RecountButton({ campaignId }: { campaignId: string }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message } = useAction(recountCampaignAction, () => {
    toast({ title: 'Its products are being counted', tone: 'ok' });
    router.refresh();
  });
  return (
    <>
      <Button icon={<RotateCw />} loading={isPending} onClick={() => run({ campaignId })}>
        Count now
      </Button>
      <FormMessage message={message} />
    </>
  );
}

/** Ends a campaign and says what came of it. */
export function CloseCampaignDialog({ campaignId, rev }: { campaignId: string; rev: number }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields, reset } = useAction(closeCampaignAction, () => {
    setIsOpen(false);
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ campaignId, rev, outcome: textOf(new FormData(event.currentTarget), 'outcome') });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      title="Close the campaign"
      description="Its products are counted a last time, its figures stand from then on, and owners are told. It cannot be opened again."
      trigger={<Button icon={<Flag aria-hidden />}>Close</Button>}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="What came of it" required error={fields.outcome}>
          <Textarea name="outcome" rows={3} maxLength={1000} />
        </Field>
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Close the campaign
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
