'use client';

import { Flag, RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import {
  closeCampaignAction,
  recountCampaignAction,
} from '@/app/(portal)/insight/campaigns/actions';
import { Button } from '@/components/ui/button';
import { FormMessage } from '@/components/ui/form-message';
import { TextDialog } from '@/components/ui/text-dialog';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';

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
export const CloseCampaignDialog = ({ campaignId, rev }: { campaignId: string; rev: number }) => (
  <TextDialog
    title="Close the campaign"
    description="Its products are counted a last time, its figures stand from then on, and owners are told. It cannot be opened again."
    trigger={<Button icon={<Flag aria-hidden />}>Close</Button>}
    label="What came of it"
    most={1000}
    submitLabel="Close the campaign"
    send={(outcome) => closeCampaignAction({ campaignId, rev, outcome })}
  />
);
