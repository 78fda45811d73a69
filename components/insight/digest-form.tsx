'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState, useSyncExternalStore } from 'react';
import { previewDigestAction, subscribeAction } from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { DigestPreview } from '@/lib/insight';
import type { InsightScope } from './scope-href';

export const DAYS = [
  ...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
];
export const hourText = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
const EVERY = [
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
];
const WEEKDAYS = DAYS.map((label, at) => ({ value: String(at + 1), label }));
const MONTH_DAYS = Array.from({ length: 28 }, (_, at) => ({
  value: String(at + 1),
  label: `Day ${at + 1}`,
}));
const HOURS = Array.from({ length: 24 }, (_, at) => ({ value: String(at), label: hourText(at) }));

const WHEN = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The zone of the browser; the server does not know it. */
const useTimeZone = () =>
  useSyncExternalStore(
    () => () => {},
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );

/** Chooses what comes and when, and shows it before anything is sent. */
export function DigestForm({
  scope,
  hasMailServer,
}: {
  scope: InsightScope;
  hasMailServer: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const zone = useTimeZone();
  const [every, setEvery] = useState<'week' | 'month'>('week');
  const [preview, setPreview] = useState<DigestPreview | null>(null);
  const show = useAction(previewDigestAction, setPreview);
  const save = useAction(subscribeAction, () => {
    toast({ title: 'You get these figures', tone: 'ok' });
    setPreview(null);
    router.refresh();
  });
  const input = () => {
    const data = new FormData(form.current!);
    const [domain = '', product = ''] = textOf(data, 'place').trim().split('/');
    return {
      ...{ every, day: textOf(data, 'day'), hour: textOf(data, 'hour') },
      timeZone: textOf(data, 'timeZone'),
      ...(domain && { domain }),
      ...(product && { product }),
    };
  };
  const fields = { ...show.fields, ...save.fields };
  const place = [scope.domain, scope.product].filter(Boolean).join('/');
  return (
    <Card title="Get figures by e-mail">
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.run(input());
        }}
        className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4"
      >
        <Field
          label="Of"
          hint="A domain, or domain/product; empty for the mesh."
          error={fields.domain ?? fields.product}
          className="sm:col-span-2"
        >
          <Input name="place" defaultValue={place} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="How often" error={fields.every}>
          <Select
            value={every}
            onChange={(event) => setEvery(event.target.value as 'week' | 'month')}
            options={EVERY}
          />
        </Field>
        <Field label="Day" error={fields.day}>
          <Select key={every} name="day" options={every === 'week' ? WEEKDAYS : MONTH_DAYS} />
        </Field>
        <Field label="Hour" error={fields.hour}>
          <Select name="hour" options={HOURS} defaultValue="8" />
        </Field>
        <Field label="Time zone" error={fields.timeZone}>
          <Input key={zone} name="timeZone" defaultValue={zone} autoComplete="off" />
        </Field>
        <div className="flex flex-wrap items-end justify-end gap-2 sm:col-span-2">
          <Button loading={show.isPending} onClick={() => show.run(input())}>
            Preview
          </Button>
          <Button
            type="submit"
            variant="primary"
            loading={save.isPending}
            disabled={!hasMailServer}
          >
            Subscribe
          </Button>
        </div>
      </form>
      <div className="mt-4 empty:hidden">
        <FormMessage message={show.message ?? save.message} />
      </div>
      <div aria-live="polite">{preview && <Preview preview={preview} />}</div>
    </Card>
  );
}

function Preview({ preview: { subject, text, nextAt } }: { preview: DigestPreview }) {
  return (
    <div className="mt-4">
      <p className="text-sm text-muted">
        As it would be now. The first one leaves {WHEN.format(new Date(nextAt))} by your clock.
      </p>
      <div className="mt-2 rounded-md border bg-sunken p-4">
        <p className="font-medium break-words">{subject}</p>
        <pre className="mt-2 font-sans text-sm break-words whitespace-pre-wrap">{text}</pre>
      </div>
    </div>
  );
}
