'use client';

import { type FormEvent, useState } from 'react';
import { tryDecisionAction } from '@/app/(portal)/governance/playground/actions';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { PageHeader } from '@/components/ui/page-header';
import { textOf, useAction } from '@/components/ui/use-action';
import type { PlaygroundInput, PlaygroundResult } from '@/lib/governance';
import { GovernanceTabs } from './governance-tabs';

interface PlaygroundViewProps {
  person: string;
  product: string;
  purpose: string;
}

const ACTIONS = ['read', 'write', 'delete', 'manage', 'discover'].map((value) => ({
  value,
  label: value,
}));

/** Who, what, when, where from: the decision and every policy that was looked at. */
export function PlaygroundView({ person, product, purpose }: PlaygroundViewProps) {
  const [result, setResult] = useState<PlaygroundResult | null>(null);
  const { run, isPending, message, fields } = useAction(tryDecisionAction, setResult);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const at = new Date(textOf(form, 'at'));
    run({
      person: textOf(form, 'person'),
      product: textOf(form, 'product'),
      action: textOf(form, 'action') as PlaygroundInput['action'],
      purpose: textOf(form, 'purpose'),
      network: textOf(form, 'network'),
      at: Number.isNaN(at.getTime()) ? '' : at.toISOString(),
    });
  }
  return (
    <>
      <PageHeader
        title="Policy playground"
        description="What would be decided, and why. Nothing is opened by asking."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Playground' }]}
      />
      <GovernanceTabs current="/governance/playground" />
      <div className="grid items-start gap-6 lg:grid-cols-[22rem_1fr]">
        <Card title="Request">
          <form onSubmit={submit} noValidate className="grid gap-4">
            <Field label="Person" required error={fields.person}>
              <Input name="person" type="email" defaultValue={person} autoComplete="off" required />
            </Field>
            <Field label="Product" required hint="domain/product" error={fields.product}>
              <Input name="product" defaultValue={product} autoComplete="off" required />
            </Field>
            <Field label="Action">
              <Select name="action" defaultValue="read" options={ACTIONS} />
            </Field>
            <Field label="Purpose" optional error={fields.purpose}>
              <Input name="purpose" defaultValue={purpose} maxLength={200} />
            </Field>
            <Field label="At" optional hint="Without it: now" error={fields.at}>
              <Input name="at" type="datetime-local" />
            </Field>
            <Field
              label="From the address"
              optional
              hint="For example 10.0.0.7"
              error={fields.network}
            >
              <Input name="network" autoComplete="off" />
            </Field>
            <Button type="submit" variant="primary" loading={isPending}>
              Decide
            </Button>
          </form>
        </Card>
        <div className="flex min-w-0 flex-col gap-4" aria-live="polite">
          {message && <Callout tone="error">{message}</Callout>}
          {result ? <Outcome result={result} /> : !message && <Nothing />}
        </div>
      </div>
    </>
  );
}

function Nothing() {
  return (
    <Callout>
      Fill in the request: the decision and its trace appear here. The attempt is logged.
    </Callout>
  );
}

function Outcome({ result }: { result: PlaygroundResult }) {
  const { allow, person, product, policies, holding } = result;
  return (
    <>
      <Callout tone={allow ? 'ok' : 'error'} title={allow ? 'Allowed' : 'Refused'}>
        {person.email} is {person.role ? `a ${person.role}` : 'without a role'} in the domain of{' '}
        {product.address}
        {person.grant && `, holds a grant for “${person.grant}”`}
        {person.isDisabled && ', and has a disabled account'}. The product is{' '}
        {product.classification}, {product.status}
        {product.hasPersonalData ? ', and holds personal data' : ''}.
        {holding.length > 0 && ` Conditions that hold: ${holding.join(', ')}.`}
        {!allow && !policies.some((one) => one.decided) && ' No policy permits it.'}
      </Callout>
      <Card title="Every policy that was looked at" flush>
        <ul className="divide-y">
          {policies.map((one) => (
            <li key={one.id} className="px-5 py-3">
              <div className="flex flex-wrap items-center gap-2">
                <StatusBadge
                  tone={one.matched ? (one.effect === 'permit' ? 'ok' : 'error') : 'neutral'}
                >
                  {one.effect} {one.matched ? 'applies' : 'does not apply'}
                </StatusBadge>
                {one.decided && <Badge tone="accent">decided</Badge>}
                <span className="min-w-0 font-medium break-words">{one.title}</span>
              </div>
              <details className="mt-1 text-sm">
                <summary className="cursor-pointer break-all text-subtle">{one.id}</summary>
                <pre className="mt-2 rounded-md bg-sunken p-3 text-xs whitespace-pre-wrap break-words">
                  {one.text}
                </pre>
              </details>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
