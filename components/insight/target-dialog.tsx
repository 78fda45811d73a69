'use client';

import { Target } from 'lucide-react';
import { setTargetAction } from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
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
  const before = targets[0]?.value ?? null;
  const set = (value: number | null) =>
    setTargetAction({ metric: metric.id, domain: domain ?? null, value });
  return (
    <FormDialog
      title={`Target of ${metric.title}`}
      description={`For ${domain ? `the domain ${domain}` : 'the mesh, and for domains that set none'}. ${metric.direction === 'up' ? 'More' : 'Less'} than it is good. Earlier targets are kept.`}
      trigger={<Button icon={<Target aria-hidden />}>Set target</Button>}
      submitLabel="Save"
      send={(form) => {
        const text = textOf(form, 'value');
        return set(text === '' ? Number.NaN : Number(text));
      }}
      other={before === null ? undefined : { label: 'Take it away', send: () => set(null) }}
    >
      {(fields) => (
        <Field label="Target" hint={UNITS[metric.unit] ?? `In ${metric.unit}`} error={fields.value}>
          <Input name="value" inputMode="decimal" defaultValue={before ?? ''} autoComplete="off" />
        </Field>
      )}
    </FormDialog>
  );
}
