'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import {
  runRetentionAction,
  setRetentionColumnAction,
} from '@/app/(portal)/governance/retention/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { RetentionDetail } from '@/lib/compliance';

interface Props {
  detail: RetentionDetail;
  plan: NonNullable<RetentionDetail['plan']>;
}

export function RunRetentionButton({ detail, plan }: Props) {
  const isNothing = plan.snapshotsToDestroy === 0;
  if (isNothing || plan.isHeld) return null;
  const rows = plan.rowsToDelete.toLocaleString('en');
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Delete now</Button>}
      title={`Delete what is too old of ${detail.title}?`}
      effects={[
        `${rows} rows that are served are deleted. This cannot be undone.`,
        `${plan.filesToDestroy} files are destroyed with the keys that open them.`,
        'A signed record says what was deleted and by which policy.',
      ]}
      typeToConfirm={detail.address}
      confirmLabel="Delete"
      onConfirm={() => runRetentionAction({ productId: detail.productId, rows: plan.rowsToDelete })}
      done="Begun"
    />
  );
}

export function RetentionColumnForm({ detail, plan }: Props) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(setRetentionColumnAction, () => {
    toast({ title: 'Saved. The preview counts anew.', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const column = textOf(new FormData(event.currentTarget), 'column');
    run({ productId: detail.productId, column: column || null });
  }
  if (plan.timeColumns.length === 0) {
    return (
      <p className="text-muted">No column is a date or a time: a row is as old as its load.</p>
    );
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <Field label="Column" error={fields.column} className="min-w-56">
        <Select
          key={plan.column}
          name="column"
          disabled={!detail.canRun}
          defaultValue={plan.column ?? ''}
          options={[
            { value: '', label: 'None: the day of its load' },
            ...plan.timeColumns.map((value) => ({ value, label: value })),
          ]}
        />
      </Field>
      {detail.canRun && (
        <Button type="submit" loading={isPending}>
          Save
        </Button>
      )}
      <FormMessage message={message} />
    </form>
  );
}
