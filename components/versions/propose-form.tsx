'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { proposeContractAction } from '@/app/(portal)/products/[domain]/[product]/versions/actions';
import type { TakenDocument } from '@/components/interop/use-document';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { ChangeCheck } from '@/lib/provisioning/versions';
import {
  DEFAULT_WINDOW_DAYS,
  MAX_WINDOW_DAYS,
  MIN_WINDOW_DAYS,
} from '@/lib/provisioning/versions/window';

interface ProposeFormProps {
  productId: string;
  address: string;
  yaml: string;
  /** The outside document that the text comes from. */
  document: TakenDocument | undefined;
  check: ChangeCheck;
  isStale: boolean;
}

export function ProposeForm(props: ProposeFormProps) {
  const { productId, address, yaml, document, check, isStale } = props;
  const router = useRouter();
  const toast = useToast();
  const isBreaking = check.diff.bump === 'major';
  const asked = check.impact.consumers.filter((one) => one.isAffected).length;
  const { run, isPending, message, fields } = useAction(proposeContractAction, ({ version }) => {
    toast({ title: `Version ${version} is proposed`, tone: 'ok' });
    router.push(`/products/${address}/versions`);
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const windowDays = Number(textOf(form, 'windowDays')) || DEFAULT_WINDOW_DAYS;
    run({
      ...{ productId, yaml, reason: textOf(form, 'reason') },
      ...(isBreaking && { windowDays }),
      ...(document && { document }),
    });
  }
  const others = Object.entries(fields).filter(([key]) => !['reason', 'windowDays'].includes(key));
  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl gap-4">
      {isBreaking && (
        <Field
          label="Migration window, in days"
          required
          hint={`So long old and new answer side by side; and so long consumers have to acknowledge before it may come without them. At least ${MIN_WINDOW_DAYS}.`}
          error={fields.windowDays}
        >
          <Input
            type="number"
            name="windowDays"
            min={MIN_WINDOW_DAYS}
            max={MAX_WINDOW_DAYS}
            defaultValue={DEFAULT_WINDOW_DAYS}
          />
        </Field>
      )}
      <Field
        label="Reason"
        required
        hint="Why the contract changes. Consumers read it, and it stands in the history."
        error={fields.reason}
      >
        <Textarea name="reason" rows={2} maxLength={500} required />
      </Field>
      <FormMessage message={message ?? others[0]?.[1] ?? null} />
      <p className="text-sm text-muted">
        {isBreaking
          ? `${asked} ${asked === 1 ? 'consumer is' : 'consumers are'} asked to acknowledge it.`
          : 'Nobody has to be asked: it breaks nothing.'}
      </p>
      <div>
        <Button
          type="submit"
          variant="primary"
          loading={isPending}
          disabled={isStale || check.version === null}
        >
          {check.version ? `Propose version ${check.version}` : 'Propose'}
        </Button>
      </div>
    </form>
  );
}
