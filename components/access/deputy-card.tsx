'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { endDeputyAction, setDeputyAction } from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RelativeTime } from '@/components/ui/relative-time';
import { textOf, useAction } from '@/components/ui/use-action';
import type { MyData } from '@/lib/access';

/** Who decides on requests for one's products while one is away. */
export function DeputyCard({ deputy }: { deputy: MyData['deputy'] }) {
  const router = useRouter();
  const set = useAction(setDeputyAction, () => router.refresh());
  const end = useAction(endDeputyAction, () => router.refresh());
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const until = new Date(`${textOf(form, 'until')}T23:59:59`);
    set.run({
      email: textOf(form, 'email'),
      until: Number.isNaN(until.getTime()) ? '' : until.toISOString(),
    });
  }
  return (
    <Card
      title="While you are away"
      description="Somebody else decides on requests for your products until the day you name."
    >
      {deputy ? (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p>
            <span className="font-medium">{deputy.email}</span> decides until{' '}
            <RelativeTime at={deputy.until} />.
          </p>
          <Button loading={end.isPending} onClick={() => end.run({})}>
            I am back
          </Button>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
          <Field label="Deputy’s e-mail address" error={set.fields.email}>
            <Input type="email" name="email" autoComplete="off" />
          </Field>
          <Field label="Last day" error={set.fields.until}>
            <Input type="date" name="until" />
          </Field>
          {set.message && <Callout tone="error">{set.message}</Callout>}
          <div className="sm:col-span-2">
            <Button type="submit" loading={set.isPending}>
              Name the deputy
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
