'use client';

import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  previewRequestAction,
  removeFromCartAction,
  requestAccessAction,
} from '@/app/(portal)/access/actions';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { CartView, Holder, RequestLine } from '@/lib/access';
import { RequestLines } from './request-lines';

function holderOf(choice: string): Holder {
  const [kind, id = ''] = choice.split(':');
  if (kind === 'team') return { kind, domainId: id };
  return kind === 'product' ? { kind, productId: id } : { kind: 'self' };
}

const askedOf = (form: FormData, cart: CartView) => ({
  productIds: cart.products.map((one) => one.id),
  holder: holderOf(textOf(form, 'holder')),
  purpose: textOf(form, 'purpose'),
  days: Number(textOf(form, 'days')),
});

export function AskForm({ cart }: { cart: CartView }) {
  const router = useRouter();
  const toast = useToast();
  const [lines, setLines] = useState<RequestLine[] | null>(null);
  const check = useAction(previewRequestAction, (data) => setLines(data.lines));
  const send = useAction(requestAccessAction, () => {
    toast({ title: 'Your request is sent', tone: 'ok' });
    router.push('/access/requests');
  });
  const remove = useAction(removeFromCartAction, () => {
    setLines(null);
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const asked = askedOf(form, cart);
    if (lines === null) check.run(asked);
    else send.run({ ...asked, note: textOf(form, 'note') });
  }
  /** What policy looks at has to be looked at again. */
  function change(event: FormEvent<HTMLFormElement>) {
    if ((event.target as HTMLInputElement).name !== 'note') setLines(null);
  }
  const fields = { ...check.fields, ...send.fields };
  const message = check.message ?? send.message ?? remove.message ?? fields.productIds;
  const isBlocked = lines?.some((line) => line.problem) ?? false;
  return (
    <form onSubmit={submit} onChange={change} noValidate className="grid gap-6">
      <Card title="Products">
        <ul className="grid gap-2">
          {cart.products.map((product) => (
            <li key={product.id} className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{product.title}</span>
                <span className="block font-mono text-sm break-all text-muted">
                  {product.address}
                </span>
              </span>
              <Badge>{product.classification}</Badge>
              <IconButton
                size="sm"
                label={`Take ${product.title} out`}
                icon={<X />}
                onClick={() => remove.run({ productId: product.id })}
              />
            </li>
          ))}
        </ul>
      </Card>
      <Card title="What it is for">
        <AskFields cart={cart} fields={fields} />
      </Card>
      {lines && <RequestLines lines={lines} />}
      {message && <Callout tone="error">{message}</Callout>}
      <div className="flex flex-wrap gap-2">
        {lines === null ? (
          <Button key="check" type="submit" variant="primary" loading={check.isPending}>
            See what policy says
          </Button>
        ) : (
          <Button
            key="send"
            type="submit"
            variant="primary"
            loading={send.isPending}
            disabled={isBlocked}
          >
            Send the request
          </Button>
        )}
      </div>
    </form>
  );
}

function AskFields({ cart, fields }: { cart: CartView; fields: Record<string, string> }) {
  const holders = [
    { value: 'self', label: 'Me' },
    ...cart.teams.map((one) => ({ value: `team:${one.id}`, label: `The team ${one.title}` })),
    ...cart.readers.map((one) => ({
      value: `product:${one.id}`,
      label: `My product ${one.address}`,
    })),
  ];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="For whom" error={fields.holder}>
        <Select name="holder" options={holders} />
      </Field>
      <Field label="Purpose" required error={fields.purpose}>
        <Select name="purpose" options={cart.purposes} />
      </Field>
      <Field
        label="How many days"
        required
        hint="At most 365. A grant can be renewed in its last 14 days."
        error={fields.days}
      >
        <Input type="number" name="days" min={1} max={365} defaultValue={90} required />
      </Field>
      <Field
        label="In your own words"
        required
        hint="The owner reads it and it stays in the log."
        error={fields.note}
        className="sm:col-span-2"
      >
        <Textarea name="note" rows={3} maxLength={1000} required />
      </Field>
    </div>
  );
}
