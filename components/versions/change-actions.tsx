'use client';

import {
  acknowledgeChangeAction,
  activateVersionAction,
  overrideGateAction,
  withdrawChangeAction,
} from '@/app/(portal)/products/[domain]/[product]/versions/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { OpenChange } from '@/lib/provisioning/versions';

export function AcknowledgeButton({ change }: { change: OpenChange }) {
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
      ask={{ label: 'Note to the owner', isOptional: true, most: 500 }}
      onConfirm={(note) => acknowledgeChangeAction({ versionId: change.id, note })}
      done="Acknowledged"
    />
  );
}

export function ChangeActions({ change }: { change: OpenChange }) {
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
          onConfirm={() => activateVersionAction({ versionId })}
          done={`Version ${version} is taking effect`}
        />
      )}
      {change.can.override && <OverrideButton change={change} />}
      {change.can.withdraw && (
        <ConfirmDialog
          trigger={<Button variant="danger-quiet">Withdraw</Button>}
          title={`Withdraw version ${version}?`}
          effects={['The contract stays as it is.', 'Everybody who was asked is told.']}
          confirmLabel="Withdraw"
          onConfirm={() => withdrawChangeAction({ versionId })}
          done="Withdrawn"
        />
      )}
    </>
  );
}

function OverrideButton({ change }: { change: OpenChange }) {
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
      ask={{ label: 'Reason', most: 500 }}
      onConfirm={(reason) => overrideGateAction({ versionId, reason })}
      done="The gate is open"
    />
  );
}
