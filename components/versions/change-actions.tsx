'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  acknowledgeChangeAction,
  activateVersionAction,
  overrideGateAction,
  withdrawChangeAction,
} from '@/app/(portal)/products/[domain]/[product]/versions/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import type { OpenChange } from '@/lib/provisioning/versions';

type Answer = { ok: true } | { ok: false; message: string };

/** After an answer: says so and reads the page anew. */
function useDone() {
  const router = useRouter();
  const toast = useToast();
  return async (answer: Promise<Answer>, title: string) => {
    const given = await answer;
    if (!given.ok) return given;
    toast({ title, tone: 'ok' });
    router.refresh();
    return { ok: true as const };
  };
}

export function AcknowledgeButton({ change }: { change: OpenChange }) {
  const done = useDone();
  const [note, setNote] = useState('');
  return (
    <ConfirmDialog
      trigger={<Button variant="primary">Acknowledge</Button>}
      danger={false}
      title={`Acknowledge version ${change.version}?`}
      effects={[
        'You say that you know what breaks and will move.',
        `The version you use today answers for ${change.windowDays} days after the new one is in force, at its own address.`,
      ]}
      confirmLabel="Acknowledge"
      onConfirm={() =>
        done(acknowledgeChangeAction({ versionId: change.id, note }), 'Acknowledged')
      }
    >
      <Field label="Note to the owner" optional>
        <Textarea rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}

export function ChangeActions({ change }: { change: OpenChange }) {
  const done = useDone();
  const { id: versionId, version, gate, windowDays } = change;
  const isBreaking = change.bump === 'major';
  return (
    <>
      {change.can.activate && (
        <ConfirmDialog
          trigger={
            <Button variant="primary" disabled={gate !== null}>
              Put in force
            </Button>
          }
          danger={false}
          title={`Put version ${version} in force?`}
          effects={[
            change.bump === 'patch'
              ? 'Where only words change, it is in force at once.'
              : 'It is loaded into staging, tested there and goes to production when every gate is open; one step switches.',
            isBreaking
              ? `The old version answers at its own address for ${windowDays} days, then its files are destroyed.`
              : 'It takes the place of the version in force.',
          ]}
          confirmLabel="Put in force"
          onConfirm={() =>
            done(activateVersionAction({ versionId }), `Version ${version} is taking effect`)
          }
        />
      )}
      {change.can.override && <OverrideButton change={change} />}
      {change.can.withdraw && (
        <ConfirmDialog
          trigger={<Button variant="danger-quiet">Withdraw</Button>}
          title={`Withdraw version ${version}?`}
          effects={['The contract stays as it is.', 'Everybody who was asked is told.']}
          confirmLabel="Withdraw"
          onConfirm={() => done(withdrawChangeAction({ versionId }), 'Withdrawn')}
        />
      )}
    </>
  );
}

function OverrideButton({ change }: { change: OpenChange }) {
  const done = useDone();
  const [reason, setReason] = useState('');
  const { id: versionId, counts } = change;
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">Override</Button>}
      title="Open the gate without them?"
      effects={[
        `${counts.asked - counts.acknowledged} of ${counts.asked} consumers have not acknowledged. They are told your reason.`,
        'Who opened it, and why, is in the audit log.',
      ]}
      confirmLabel="Open the gate"
      onConfirm={() => done(overrideGateAction({ versionId, reason }), 'The gate is open')}
    >
      <Field label="Reason" required>
        <Textarea
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </Field>
    </ConfirmDialog>
  );
}
