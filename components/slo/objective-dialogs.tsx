'use client';

import { type ReactNode, useState } from 'react';
import {
  removeObjectiveAction,
  saveObjectiveAction,
} from '@/app/(portal)/products/[domain]/[product]/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Select, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { ObjectiveView } from '@/lib/slo';
import { WINDOW_NAMES, WINDOWS } from '@/lib/slo/windows';

const windows = WINDOW_NAMES.map((value) => ({
  value,
  label: WINDOWS[value].title.replace(/^the /, 'The ').replace(/^this /, 'This '),
}));

interface ObjectiveDialogProps {
  productId: string;
  /** The objective that is changed; none adds one. */
  objective?: ObjectiveView;
  metrics: Record<string, string>;
  trigger: ReactNode;
}

/** Adds a custom or completeness objective, or changes what is the owner's to choose of one. */
export function ObjectiveDialog({ productId, objective, metrics, trigger }: ObjectiveDialogProps) {
  const [kind, setKind] = useState<ObjectiveView['kind']>(objective?.kind ?? 'custom');
  const isFixed =
    objective?.origin === 'contract' && !['latency', 'freshness'].includes(objective.kind);
  const isCustom = kind === 'custom';

  function send(form: FormData) {
    const text = (name: string) => textOf(form, name);
    const key = objective?.key ?? (isCustom ? text('key') : kind);
    return saveObjectiveAction({
      ...{ productId, key, kind, rev: objective?.rev },
      title: isCustom && !objective ? text('title') || undefined : undefined,
      target:
        isFixed && objective ? Number((objective.target * 100).toPrecision(12)) : text('target'),
      window: text('window') as (typeof WINDOW_NAMES)[number],
      formula: isCustom ? text('formula') : undefined,
    });
  }
  return (
    <FormDialog
      trigger={trigger}
      size="md"
      title={objective ? `Change ${objective.title.toLowerCase()}` : 'Add an objective'}
      description={
        objective?.origin === 'contract'
          ? 'The contract promises this objective; what it leaves open is yours to choose.'
          : 'Measured every minute from the moment it is there.'
      }
      submitLabel={objective ? 'Save' : 'Add'}
      done={objective ? 'Saved' : 'Added. Its first minute is measured soon.'}
      send={send}
    >
      {(fields) => (
        <>
          {!objective && (
            <Field label="Kind">
              <Select
                name="kind"
                value={kind}
                onChange={(event) => setKind(event.target.value as ObjectiveView['kind'])}
                options={[
                  { value: 'custom', label: 'A formula of your own' },
                  { value: 'completeness', label: 'Completeness' },
                ]}
              />
            </Field>
          )}
          {!objective && isCustom && (
            <div className="grid gap-4 sm:grid-cols-2">
              <Field
                label="Name"
                required
                hint="Lower case, such as enough-rows."
                error={fields.key}
              >
                <Input name="key" autoComplete="off" maxLength={63} />
              </Field>
              <Field label="Title" optional error={fields.title}>
                <Input name="title" autoComplete="off" maxLength={80} />
              </Field>
            </div>
          )}
          {isCustom && (
            <FormulaField
              formula={objective?.formula ?? ''}
              error={fields.formula}
              metrics={metrics}
            />
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            {!isFixed && (
              <Field label="Target in percent" required error={fields.target}>
                <Input
                  name="target"
                  inputMode="decimal"
                  defaultValue={objective ? Number((objective.target * 100).toPrecision(12)) : 99}
                />
              </Field>
            )}
            <Field label="Over" error={fields.window}>
              <Select
                name="window"
                defaultValue={objective?.window.name ?? '30_days'}
                options={windows}
              />
            </Field>
          </div>
        </>
      )}
    </FormDialog>
  );
}

interface FormulaFieldProps {
  formula: string;
  error?: string | undefined;
  metrics: Record<string, string>;
}

function FormulaField({ formula, error, metrics }: FormulaFieldProps) {
  return (
    <>
      <Field
        label="A minute is good when"
        required
        hint="CEL over the metrics below, for example rowCount > 1000 && p95Ms < 200.0"
        error={error}
      >
        <Textarea
          name="formula"
          rows={3}
          defaultValue={formula}
          className="font-mono text-sm"
          spellCheck={false}
        />
      </Field>
      <details className="text-sm">
        <summary className="w-fit cursor-pointer text-muted hover:text-ink">Metrics</summary>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {Object.entries(metrics).map(([name, about]) => (
            <div key={name} className="contents">
              <dt className="font-mono">{name}</dt>
              <dd className="text-muted">{about}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

export function RemoveObjectiveButton({
  productId,
  objective,
}: {
  productId: string;
  objective: ObjectiveView;
}) {
  const { key, title } = objective;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" size="sm" aria-label={`Remove the objective ${title}`}>
          Remove
        </Button>
      }
      title={`Remove the objective ${title}?`}
      effects={[
        'It is not measured any more, and what was measured for it is deleted.',
        'Open alerts about it end without a word.',
        'The audit log keeps that it was there.',
      ]}
      confirmLabel="Remove"
      onConfirm={() => removeObjectiveAction({ productId, key })}
      done="Removed"
    />
  );
}
