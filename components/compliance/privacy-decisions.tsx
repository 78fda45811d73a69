'use client';

import {
  decidePrivacyRequestAction,
  extendPrivacyRequestAction,
} from '@/app/(portal)/governance/privacy/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { TextDialog } from '@/components/ui/text-dialog';
import type { PrivacyDetail } from '@/lib/compliance';

type Decision = 'execute' | 'reject' | 'search-again';

const MAY: Record<string, Decision[]> = {
  review: ['search-again', 'reject', 'execute'],
  failed: ['search-again', 'reject', 'execute'],
};

/** What a steward may do with the request now. */
export function PrivacyDecisions({ request }: { request: PrivacyDetail }) {
  return (MAY[request.status] ?? []).map((decision) => (
    <Decide key={decision} request={request} decision={decision} />
  ));
}

function wordsOf(decision: Decision, { does, findings }: PrivacyDetail) {
  if (decision === 'search-again') {
    return { label: 'Search again', effects: ['Every product is searched anew.'], danger: false };
  }
  if (decision === 'reject') {
    return {
      label: 'Reject',
      effects: ['Nothing is done.', 'The identifier is destroyed.'],
      danger: true,
    };
  }
  const held = findings.filter((one) => one.status === 'held').length;
  const holds = held > 0 ? [`${held} of them are under a legal hold and stay as they are.`] : [];
  if (does === 'export') {
    return {
      label: 'Write the archive',
      effects: [
        'One archive is written; you can download it for two weeks.',
        'A receipt is signed.',
      ],
      danger: false,
    };
  }
  const own = findings.filter((one) => one.via === 'declared');
  if (does === 'opt_out') {
    return {
      label: 'Opt the person out',
      effects: [
        'From now on no read, download or load gives the person’s rows, in every product with personal data. The rows themselves stay.',
        `${findings.length - own.length} derived products are loaded anew without them.`,
        'A receipt is signed.',
      ],
      danger: false,
    };
  }
  const rows = own.reduce((sum, one) => sum + one.rows, 0);
  return {
    label: 'Erase',
    effects: [
      `${rows} rows of ${own.length} products are erased in every environment and every snapshot. This cannot be undone.`,
      'Uploaded files that know the person are destroyed: a product that loads from one needs a new file before its next load.',
      ...holds,
      `${findings.length - own.length} derived products are loaded anew.`,
      'A receipt is signed, then the identifier itself is destroyed.',
    ],
    danger: true,
  };
}

function Decide({ request, decision }: { request: PrivacyDetail; decision: Decision }) {
  const { label, effects, danger } = wordsOf(decision, request);
  const isMain = decision === 'execute';
  return (
    <ConfirmDialog
      danger={danger}
      trigger={
        <Button variant={isMain ? (danger ? 'danger' : 'primary') : undefined}>{label}</Button>
      }
      title={`${label}?`}
      effects={effects}
      confirmLabel={label}
      typeToConfirm={isMain && danger ? 'erase' : undefined}
      ask={
        decision === 'reject'
          ? { label: 'Why it is rejected', hint: 'The person is told.', most: 1000 }
          : undefined
      }
      onConfirm={(note) =>
        decidePrivacyRequestAction({ requestId: request.id, rev: request.rev, decision, note })
      }
      done={decision === 'reject' ? 'Rejected' : 'Begun'}
    />
  );
}

/** Moves the law's last day, once, with a reason. */
export function ExtendRequestDialog({ requestId }: { requestId: string }) {
  return (
    <TextDialog
      title="Move the last day"
      description="The law allows it once: 60 days more by GDPR, 45 by CCPA, when the person is told why."
      trigger={<Button size="sm">Move the last day</Button>}
      label="Why it takes longer"
      most={500}
      submitLabel="Move it"
      done="The last day was moved"
      send={(reason) => extendPrivacyRequestAction({ requestId, reason })}
    />
  );
}
