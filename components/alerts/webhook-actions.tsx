'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import {
  deleteWebhookAction,
  replayDeliveryAction,
  rotateWebhookSecretAction,
  switchWebhookAction,
  testWebhookAction,
} from '@/app/(portal)/settings/webhooks/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { ShownOnce } from '@/components/ui/shown-once';
import { useToast } from '@/components/ui/toast';
import type { WebhookRow } from '@/lib/alerts';

type Answer = { ok: true } | { ok: false; message: string };

/** Runs an action, says how it went, and shows the page anew. */
function useRun() {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const run = (call: () => Promise<Answer>, done: string) =>
    startTransition(async () => {
      const answer = await call();
      toast(answer.ok ? { title: done, tone: 'ok' } : { title: answer.message, tone: 'error' });
      router.refresh();
    });
  return { run, isPending };
}

export function WebhookActions({ webhook }: { webhook: WebhookRow }) {
  const router = useRouter();
  const { run, isPending } = useRun();
  const webhookId = webhook.id;
  const isOn = webhook.disabledFor === null;
  return (
    <>
      <Button
        loading={isPending}
        disabled={!isOn}
        onClick={() => run(() => testWebhookAction({ webhookId }), 'A test is on its way')}
      >
        Send a test
      </Button>
      <Button
        onClick={() =>
          run(
            () => switchWebhookAction({ webhookId, isOn: !isOn }),
            isOn ? 'Switched off' : 'Switched on',
          )
        }
      >
        {isOn ? 'Switch off' : 'Switch on'}
      </Button>
      <RotateDialog webhookId={webhookId} />
      <ConfirmDialog
        trigger={<Button variant="danger">Delete</Button>}
        title="Delete this webhook?"
        effects={['Nothing more is sent.', 'Its deliveries are deleted with it.']}
        confirmLabel="Delete"
        onConfirm={async () => {
          const answer = await deleteWebhookAction({ webhookId });
          if (answer.ok) router.push('/settings/webhooks');
          return answer;
        }}
      />
    </>
  );
}

function RotateDialog({ webhookId }: { webhookId: string }) {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <ConfirmDialog
        trigger={<Button>New secret</Button>}
        title="Make a new signing secret?"
        effects={['The receiver refuses requests until it knows the new secret.']}
        confirmLabel="Make it"
        onConfirm={async () => {
          const answer = await rotateWebhookSecretAction({ webhookId });
          if (answer.ok) setSecret(answer.data.secret);
          return answer;
        }}
      />
      <Dialog
        open={secret !== null}
        onOpenChange={() => setSecret(null)}
        title="Copy the signing secret now"
        description="It is shown this once."
      >
        <ShownOnce secret={secret ?? ''} onDone={() => setSecret(null)} />
      </Dialog>
    </>
  );
}

export function ReplayButton({ deliveryId }: { deliveryId: string }) {
  const { run, isPending } = useRun();
  return (
    <Button
      size="sm"
      loading={isPending}
      onClick={() => run(() => replayDeliveryAction({ deliveryId }), 'On its way again')}
    >
      Send again
    </Button>
  );
}
