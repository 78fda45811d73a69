'use client';

import { decideWaiverAction } from '@/app/(portal)/governance/waivers/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { WaiverRow } from '@/lib/governance';

const WORDS = {
  approve: {
    label: 'Approve',
    done: 'Approved',
    effect: 'The finding stops nothing until the last day.',
  },
  reject: { label: 'Reject', done: 'Rejected', effect: 'The finding goes on counting.' },
  revoke: { label: 'Revoke', done: 'Revoked', effect: 'The finding counts again at once.' },
} as const;
type Decision = keyof typeof WORDS;

/** What a steward may do with a waiver now. */
export function WaiverButtons({ waiver }: { waiver: WaiverRow }) {
  const all: Decision[] =
    waiver.status === 'requested'
      ? waiver.isMine
        ? ['reject']
        : ['approve', 'reject']
      : waiver.status === 'approved'
        ? ['revoke']
        : [];
  return (
    <span className="flex justify-end gap-2">
      {all.map((decision) => (
        <Decide key={decision} waiver={waiver} decision={decision} />
      ))}
    </span>
  );
}

function Decide({ waiver, decision }: { waiver: WaiverRow; decision: Decision }) {
  const { label, done, effect } = WORDS[decision];
  return (
    <ConfirmDialog
      danger={decision !== 'approve'}
      trigger={<Button size="sm">{label}</Button>}
      title={`${label} the waiver of ${waiver.ruleId}?`}
      effects={[effect]}
      confirmLabel={label}
      ask={{
        ...{ label: 'Note', hint: 'Who asked for it reads this.', most: 500 },
        isOptional: decision === 'approve',
      }}
      onConfirm={(note) => decideWaiverAction({ waiverId: waiver.id, decision, note })}
      done={done}
    />
  );
}
