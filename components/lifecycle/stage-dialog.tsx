'use client';

import { Layers } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { stageProductAction } from '@/app/(portal)/products/[domain]/[product]/lifecycle-actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';

interface Props {
  productId: string;
  /** The transformation, where the product is made by SQL. */
  sql: string | null;
  isLive: boolean;
}

/** Loads a candidate into staging, with another transformation if wanted. */
export function StageDialog({ productId, sql, isLive }: Props) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields, reset } = useAction(stageProductAction, ({ runId }) =>
    router.push(`/runs/${runId}`),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({
      productId,
      publishes: form.get('publishes') === 'on',
      ...(sql !== null && { sql: textOf(form, 'sql') }),
    });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      size="md"
      title="Load a candidate into staging"
      description={
        isLive
          ? 'It is loaded and tested beside production, which serves on untouched.'
          : 'Staging is loaded again from the source, and tested.'
      }
      trigger={
        <Button icon={<Layers aria-hidden />}>
          {isLive ? 'Stage a candidate' : 'Load staging again'}
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        {sql !== null && (
          <Field
            label="Transformation"
            hint="Production keeps its own until the candidate is promoted."
            error={fields.sql}
          >
            <Textarea name="sql" rows={8} className="font-mono text-sm" defaultValue={sql} />
          </Field>
        )}
        <Checkbox
          name="publishes"
          label="Promote it by itself when every gate passes"
          hint="Otherwise it waits in staging for you."
        />
        {message && <Callout tone="error">{message}</Callout>}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Load and test
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
