'use client';

import { Target } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { setTargetAction } from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input } from '@/components/ui/input';
import { textOf, useAction } from '@/components/ui/use-action';
import type { MetricDetail } from '@/lib/insight';

const UNITS: Record<string, string> = {
  count: 'A number',
  ratio: 'A number',
  money: 'In the currency of the prices',
  percent: 'In percent',
  milliseconds: 'In milliseconds',
  hours: 'In hours',
  bytes: 'In bytes',
  stars: 'From 1 to 5',
};

interface TargetDialogProps {
  detail: Pick<MetricDetail, 'metric' | 'targets'>;
  /** The domain that it is set for; without one, the mesh. */
  domain?: string | undefined;
}

/** Says what a metric should come to. */
export function TargetDialog({ detail: { metric, targets }, domain }: TargetDialogProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, message, fields, reset } = useAction(setTargetAction, () => {
    setIsOpen(false);
    router.refresh();
  });
  const before = targets[0]?.value ?? null;
  const set = (value: number | null) => run({ metric: metric.id, domain: domain ?? null, value });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = textOf(new FormData(event.currentTarget), 'value');
    set(text === '' ? Number.NaN : Number(text));
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      title={`Target of ${metric.title}`}
      description={`For ${domain ? `the domain ${domain}` : 'the mesh, and for domains that set none'}. ${metric.direction === 'up' ? 'More' : 'Less'} than it is good. Earlier targets are kept.`}
      trigger={<Button icon={<Target aria-hidden />}>Set target</Button>}
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Target" hint={UNITS[metric.unit] ?? `In ${metric.unit}`} error={fields.value}>
          <Input name="value" inputMode="decimal" defaultValue={before ?? ''} autoComplete="off" />
        </Field>
        <FormMessage message={message} />
        <div className="flex justify-end gap-2">
          {before !== null && (
            <Button onClick={() => set(null)} disabled={isPending}>
              Take it away
            </Button>
          )}
          <Button type="submit" variant="primary" loading={isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
