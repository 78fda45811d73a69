'use client';

import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { Input, Select, Textarea } from '@/components/ui/input';
import type { DraftData } from '@/lib/products/draft-data';
import { AccessRoles } from './access-roles';
import { PromiseCards } from './promise-cards';
import { ReviewPanel } from './review-panel';
import { Anchor, useWizard } from './wizard-context';
import { SCHEDULE_WORDS } from './words';

/** Screen 3: what the product promises, who reaches it, and what submitting would do. */
export function StepReview() {
  return (
    <div className="flex flex-col gap-6">
      <Objectives />
      <PromiseCards />
      <Anchor path="access">
        <AccessRoles />
      </Anchor>
      <DocumentationField />
      <PublishField />
      <ReviewPanel />
    </div>
  );
}

const OBJECTIVES = [
  { key: 'availability', label: 'Availability', hint: 'For example 99.9%.' },
  { key: 'latency', label: 'Latency', hint: 'How fast a read answers, for example < 500ms.' },
  { key: 'freshness', label: 'Freshness', hint: 'How old the rows may be, for example < 1 day.' },
  {
    key: 'completeness',
    label: 'Completeness',
    hint: 'The share of values that are there, for example 99%.',
    isOptional: true,
  },
] as const;

function Objectives() {
  const { data, update, errors } = useWizard();
  return (
    <Anchor path="slo">
      <Card
        title="Objectives"
        description="What consumers may rely on, measured every minute. An objective by a formula of your own is added on the SLO tab once the product is live."
      >
        <div className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
          {OBJECTIVES.map(({ key, label, hint, ...more }) => (
            <Anchor key={key} path={`slo.${key}`}>
              <Field
                label={label}
                required={!('isOptional' in more)}
                optional={'isOptional' in more}
                hint={hint}
                error={errors[`slo.${key}`] ?? errors.slo}
              >
                <Input
                  value={String(data.slo?.[key] ?? '')}
                  onChange={(event) =>
                    update({ slo: { ...data.slo, [key]: event.target.value || undefined } })
                  }
                />
              </Field>
            </Anchor>
          ))}
          <Anchor path="schedule">
            <Field
              label="Refresh"
              required
              hint={
                data.source?.kind === 'upload'
                  ? 'How often the uploaded file is loaded again.'
                  : 'How often the rows are read from their source.'
              }
              error={errors.schedule}
            >
              <Select
                value={data.schedule ?? ''}
                placeholder={data.schedule ? undefined : 'Choose'}
                onChange={(event) =>
                  update({ schedule: (event.target.value || undefined) as DraftData['schedule'] })
                }
                options={Object.entries(SCHEDULE_WORDS).map(([value, label]) => ({ value, label }))}
              />
            </Field>
          </Anchor>
        </div>
      </Card>
    </Anchor>
  );
}

function DocumentationField() {
  const { data, update, errors } = useWizard();
  return (
    <Anchor path="documentation">
      <Card title="Documentation">
        <Field
          label="Documentation"
          hideLabel
          required
          hint="Markdown. What a consumer should know: how rows come about, what is left out, examples. Without it the product does not get past development."
          error={errors.documentation}
        >
          <Textarea
            rows={8}
            maxLength={200_000}
            className="font-mono text-sm"
            value={data.documentation ?? ''}
            onChange={(event) => update({ documentation: event.target.value })}
          />
        </Field>
      </Card>
    </Anchor>
  );
}

function PublishField() {
  const { data, update } = useWizard();
  return (
    <Anchor path="publishWhenReady">
      <Card
        title="Publishing"
        description="The product is loaded into staging first, where four test suites run on it."
      >
        <Checkbox
          label="Publish by itself when every gate passes"
          hint="Otherwise it waits in staging, and you promote it by hand under Lifecycle."
          checked={data.publishWhenReady ?? true}
          onChange={(event) => update({ publishWhenReady: event.target.checked })}
        />
      </Card>
    </Anchor>
  );
}
