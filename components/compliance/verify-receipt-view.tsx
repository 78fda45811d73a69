'use client';

import { type FormEvent, useState } from 'react';
import { verifyReceiptAction } from '@/app/(portal)/governance/privacy/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { PageHeader } from '@/components/ui/page-header';
import { textOf, useAction } from '@/components/ui/use-action';
import { GovernanceTabs } from '../governance/governance-tabs';

interface Verified {
  claims: Record<string, unknown>;
  isAbout: boolean | null;
}

/** Whether a receipt was signed here and is unchanged, and whose it is. */
export function VerifyReceiptView() {
  const [result, setResult] = useState<Verified | null>(null);
  const { run, isPending, message, fields } = useAction(verifyReceiptAction, setResult);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setResult(null);
    const form = new FormData(event.currentTarget);
    run({ receipt: textOf(form, 'receipt'), identifier: textOf(form, 'identifier') });
  }
  return (
    <>
      <PageHeader
        title="Verify a receipt"
        description="A receipt is a signed statement (JWS, Ed25519). The public key is at /api/v1/privacy/keys."
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Privacy', href: '/governance/privacy' },
          { label: 'Verify a receipt' },
        ]}
      />
      <GovernanceTabs current="/governance/privacy" />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title="Receipt">
          <form onSubmit={submit} noValidate className="grid gap-4">
            <Field label="Receipt" required error={fields.receipt}>
              <Textarea name="receipt" rows={8} required spellCheck={false} className="font-mono" />
            </Field>
            <Field
              label="Identifier"
              optional
              hint="Says whether the receipt is about this person. It is not kept."
              error={fields.identifier}
            >
              <Input name="identifier" autoComplete="off" spellCheck={false} maxLength={200} />
            </Field>
            <FormMessage message={message} />
            <Button type="submit" variant="primary" loading={isPending}>
              Verify
            </Button>
          </form>
        </Card>
        <div aria-live="polite" className="flex min-w-0 flex-col gap-4">
          {result && <Outcome {...result} />}
        </div>
      </div>
    </>
  );
}

function Outcome({ claims, isAbout }: Verified) {
  return (
    <>
      <Callout tone="ok" title="Signed here and unchanged">
        {isAbout === true && 'It is about the person with this identifier.'}
        {isAbout === null && 'Give the identifier to check whom it is about.'}
      </Callout>
      {isAbout === false && (
        <Callout tone="warn">It is about somebody else than this identifier.</Callout>
      )}
      <CodeBlock
        samples={{ label: 'What it says', code: JSON.stringify(claims, null, 2) }}
        maxHeight="32rem"
      />
    </>
  );
}
