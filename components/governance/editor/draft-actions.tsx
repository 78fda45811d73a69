'use client';

import { useRouter } from 'next/navigation';
import {
  activatePolicyAction,
  approveLooseningAction,
  discardPolicyDraftAction,
  submitPolicyDraftAction,
} from '@/app/(portal)/governance/policies/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { PolicyDraftView } from '@/lib/governance';
import { SimulateButton } from '../simulate-button';
import type { useDraft } from './use-draft';

interface DraftActionsProps {
  draft: PolicyDraftView;
  held: ReturnType<typeof useDraft>;
}

/** What may be done with the draft, each with what it will do. */
export function DraftActions({ draft, held }: DraftActionsProps) {
  const router = useRouter();
  const { check, rev, state } = held;
  const errors = check.issues.filter((issue) => issue.severity === 'error').length;
  const isReady = errors === 0 && state === 'saved' && held.reason.trim() !== '';
  const needsConsent = check.loosenings.length > 0 && draft.approvedAt === null;
  const input = { policyId: draft.id, rev };
  const page = `/governance/policies/${draft.name}`;

  const leave = async <T extends { ok: boolean }>(answer: Promise<T>): Promise<T> => {
    const given = await answer;
    if (given.ok) router.push(page);
    return given;
  };
  const effects = check.changes
    .slice(0, 12)
    .map((one) => `${one.name}: ${one.before ?? 'not stated'} → ${one.after ?? 'gone'}`);
  if (check.changes.length > effects.length) {
    effects.push(`and ${check.changes.length - effects.length} more`);
  }
  return (
    <div className="flex flex-col gap-4">
      {!isReady && draft.stage === 'draft' && (
        <p className="text-sm text-muted">
          {errors > 0
            ? `${errors} ${errors === 1 ? 'error has' : 'errors have'} to be mended first.`
            : state === 'saved'
              ? 'Write the reason first.'
              : 'Saving the text first.'}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <SimulateButton
          policyId={draft.id}
          rev={rev}
          name={draft.name}
          disabled={errors > 0 || state !== 'saved'}
        />
        {draft.stage === 'draft' && !draft.submittedAt && (
          <ConfirmDialog
            danger={false}
            trigger={<Button disabled={!isReady}>Submit for a decision</Button>}
            title={`Submit version ${draft.version}?`}
            description="Whoever may put it in force is told. You can go on editing; that takes the submission back."
            confirmLabel="Submit"
            onConfirm={() => submitPolicyDraftAction(input)}
            done="Submitted"
          />
        )}
        {needsConsent && draft.may.approve && (
          <ConfirmDialog
            danger={false}
            trigger={<Button disabled={!isReady}>Consent to the loosening</Button>}
            title="Consent to values below the organisation’s floor?"
            effects={check.loosenings.map((one) => `${one.name}: ${one.floor} → ${one.value}`)}
            confirmLabel="Consent"
            onConfirm={() => approveLooseningAction(input)}
            done="Consent given"
          />
        )}
        {draft.may.activate && draft.stage === 'draft' && (
          <Grace input={input} isReady={isReady && !needsConsent} leave={leave} />
        )}
        {draft.may.activate && (
          <ConfirmDialog
            danger={false}
            trigger={
              <Button variant="primary" disabled={!isReady || needsConsent}>
                Put in force
              </Button>
            }
            title={`Put version ${draft.version} in force?`}
            description="Every process decides by it within a second."
            effects={effects}
            confirmLabel="Put in force"
            onConfirm={() => leave(activatePolicyAction({ ...input, mode: 'enforce' }))}
            done={`Version ${draft.version} is in force`}
          />
        )}
        <ConfirmDialog
          trigger={<Button variant="ghost">Discard</Button>}
          title={`Discard version ${draft.version}?`}
          description="What is in force stays. The text stays in the history of versions."
          confirmLabel="Discard"
          onConfirm={() => leave(discardPolicyDraftAction(input))}
          done="Discarded"
        />
      </div>
      {needsConsent && !draft.may.approve && (
        <Callout tone="info">
          Submit it: a steward is told and can consent to what it loosens.
        </Callout>
      )}
      {check.approval === 'two_people' && draft.may.isEditor && (
        <Callout tone="info">
          The policy asks for two people. You wrote part of this draft, so somebody else puts it in
          force.
        </Callout>
      )}
    </div>
  );
}

interface GraceProps {
  input: { policyId: string; rev: number };
  isReady: boolean;
  /** Goes to the policy's page when it is done. */
  leave: <T extends { ok: boolean }>(answer: Promise<T>) => Promise<T>;
}

function Grace({ input, isReady, leave }: GraceProps) {
  return (
    <ConfirmDialog
      danger={false}
      trigger={<Button disabled={!isReady}>Begin a grace stage</Button>}
      title="Begin a grace stage?"
      description="Until the last day what breaks it is a finding and stops nothing; from then it is in force by itself."
      confirmLabel="Begin"
      ask={{ label: 'Last day' }}
      onConfirm={(day) => {
        const end = day ? new Date(`${day}T23:59:59`) : undefined;
        const graceUntil = end?.toISOString();
        return leave(activatePolicyAction({ ...input, mode: 'grace', graceUntil }));
      }}
      done="The grace stage has begun"
    />
  );
}
