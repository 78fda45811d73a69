'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { previewPricesAction, setPricesAction } from '@/app/(portal)/insight/cost/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { CostPreview, CostVersion } from '@/lib/insight';
import { PRICE_WORDS } from './price-words';
import { PricesPreview } from './prices-preview';

interface PricesFormProps {
  last: CostVersion | null;
  /** The UTC day, ISO 8601. */
  today: string;
}

function fieldsOf(form: FormData) {
  const number = (name: string) => {
    const text = textOf(form, name).trim();
    return text === '' ? Number.NaN : Number(text);
  };
  return {
    currency: textOf(form, 'currency'),
    from: textOf(form, 'from'),
    ...{ storageGbMonth: number('storageGbMonth'), loadHour: number('loadHour') },
    ...{ qualityHour: number('qualityHour'), queryHour: number('queryHour') },
    egressGb: number('egressGb'),
  };
}

/** New prices: first what they change, then they can be saved. Whatever is typed after a preview needs another. */
export function PricesForm({ last, today }: PricesFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [preview, setPreview] = useState<CostPreview | null>(null);
  const look = useAction(previewPricesAction, setPreview);
  const save = useAction(setPricesAction, ({ number }) => {
    setPreview(null);
    toast({ title: `Version ${number} of the prices is set`, tone: 'ok' });
    router.refresh();
  });
  const fields = { ...look.fields, ...save.fields };
  const isPending = look.isPending || save.isPending;

  function submit(form: FormData) {
    const input = fieldsOf(form);
    if (!preview) return look.run(input);
    save.run({ ...input, reason: textOf(form, 'reason'), after: last?.number ?? 0 });
  }
  function edited() {
    setPreview(null);
    look.reset();
    save.reset();
  }
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      {/* The prices alone: a reason changes nothing of what the preview says. */}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3" onChange={edited}>
        <Field
          label="Currency"
          hint={last ? 'The same in all versions.' : 'Its code, as EUR. It stays for good.'}
          error={fields.currency}
        >
          <Input
            name="currency"
            defaultValue={last?.currency ?? ''}
            readOnly={last !== null}
            maxLength={3}
            autoComplete="off"
          />
        </Field>
        <Field label="In force from" hint="A UTC day." error={fields.from}>
          <Input type="date" name="from" defaultValue={today} />
        </Field>
        {PRICE_WORDS.map(({ name, label, hint }) => (
          <Field key={name} label={label} hint={hint} error={fields[name]}>
            <Input
              name={name}
              inputMode="decimal"
              defaultValue={last?.[name] ?? ''}
              autoComplete="off"
            />
          </Field>
        ))}
      </div>
      {preview && <PricesPreview preview={preview} />}
      {preview && (
        <Field
          label="Reason"
          required
          hint="Whoever asks later why the figures changed reads this."
          error={fields.reason}
        >
          <Textarea name="reason" rows={2} required />
        </Field>
      )}
      <FormMessage message={look.message ?? save.message} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" loading={isPending}>
          {preview ? 'Save these prices' : 'See what they change'}
        </Button>
      </div>
    </form>
  );
}
