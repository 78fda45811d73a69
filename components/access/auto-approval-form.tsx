'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { setAutoApprovalAction } from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/choice';
import { CodeBlock } from '@/components/ui/code-block';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { ProductAccess } from '@/lib/access';

interface AutoApprovalFormProps {
  productId: string;
  classification: string;
  rule: NonNullable<ProductAccess['manage']>['rule'];
}

/** The owner's rule: which requests are approved without them. It is a Cedar policy, and shown as one. */
export function AutoApprovalForm({ productId, classification, rule }: AutoApprovalFormProps) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(setAutoApprovalAction, (_, input) => {
    toast({ title: input.rule ? 'The rule holds from now on' : 'The rule is ended', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const purposes = textOf(form, 'purposes').split(',');
    run({
      productId,
      rule: {
        classifications: [classification as 'public'],
        isSameDomain: form.get('isSameDomain') !== null,
        purposes: purposes.map((one) => one.trim()).filter(Boolean),
        maxDays: Number(textOf(form, 'maxDays')),
      },
    });
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
      <Field label="For at most days" required error={fields['rule.maxDays']}>
        <Input
          type="number"
          name="maxDays"
          min={1}
          max={365}
          defaultValue={rule?.maxDays ?? 30}
          required
        />
      </Field>
      <Field
        label="Only when asked for"
        optional
        hint="Purposes, separated by commas, for example analytics, audit. Empty: any."
        error={fields['rule.purposes']}
      >
        <Input name="purposes" defaultValue={rule?.purposes.join(', ') ?? ''} />
      </Field>
      <Checkbox
        className="sm:col-span-2"
        name="isSameDomain"
        defaultChecked={rule?.isSameDomain ?? true}
        label="Only people with a role in this domain"
        hint={`The rule holds while the product is ${classification}; another level ends it.`}
      />
      {rule && (
        <div className="sm:col-span-2">
          <CodeBlock samples={{ label: 'The rule in force, in Cedar', code: rule.cedar }} wrap />
        </div>
      )}
      {message && <Callout tone="error">{message}</Callout>}
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        <Button type="submit" loading={isPending}>
          {rule ? 'Change the rule' : 'Approve by this rule'}
        </Button>
        {rule && (
          <Button variant="danger-quiet" onClick={() => run({ productId, rule: null })}>
            End the rule
          </Button>
        )}
      </div>
    </form>
  );
}
