'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  decidePrivacyRequestAction,
  extendPrivacyRequestAction,
} from '@/app/(portal)/governance/privacy/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
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
  const router = useRouter();
  const toast = useToast();
  const [note, setNote] = useState('');
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
      onConfirm={async () => {
        const answer = await decidePrivacyRequestAction({
          requestId: request.id,
          rev: request.rev,
          decision,
          note,
        });
        if (!answer.ok) return answer;
        toast({ title: decision === 'reject' ? 'Rejected' : 'Begun', tone: 'ok' });
        router.refresh();
        return answer;
      }}
    >
      {decision === 'reject' && (
        <Field label="Why it is rejected" required hint="The person is told.">
          <Textarea
            rows={2}
            maxLength={1000}
            value={note}
            onChange={(e) => setNote(e.target.value)}
          />
        </Field>
      )}
    </ConfirmDialog>
  );
}

/** Moves the law's last day, once, with a reason. */
export function ExtendRequestDialog({ requestId }: { requestId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields } = useAction(extendPrivacyRequestAction, () => {
    setIsOpen(false);
    toast({ title: 'The last day was moved', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    run({ requestId, reason: textOf(new FormData(event.currentTarget), 'reason') });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      title="Move the last day"
      description="The law allows it once: 60 days more by GDPR, 45 by CCPA, when the person is told why."
      trigger={<Button size="sm">Move the last day</Button>}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Why it takes longer" required error={fields.reason}>
          <Textarea name="reason" rows={3} maxLength={500} required />
        </Field>
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Move it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
