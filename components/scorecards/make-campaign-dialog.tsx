'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { makeCampaignAction } from '@/app/(portal)/insight/campaigns/actions';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { MakeCampaignInput, ScorecardWords } from '@/lib/insight';

export interface CampaignChoices {
  words: ScorecardWords;
  domains: { name: string; title: string }[];
  rhythms: number[];
}
type Kind = MakeCampaignInput['goal']['kind'];
const KINDS: { value: Kind; label: string }[] = [
  { value: 'check', label: 'A check passes' },
  { value: 'property', label: 'A property reaches a level' },
  { value: 'level', label: 'Every property reaches a level' },
];
/** The first failure of fields that stand together. */
const firstOf = (fields: Record<string, string>, prefix: string) =>
  Object.entries(fields).find(([name]) => name.startsWith(prefix))?.[1];

/** A steward asks something of products by a day. */
export function MakeCampaignDialog({ choices }: { choices: CampaignChoices }) {
  const router = useRouter();
  const [kind, setKind] = useState<Kind>('check');
  function send(form: FormData) {
    return makeCampaignAction({
      ...{ title: textOf(form, 'title'), words: textOf(form, 'words') },
      goal: goalOf(kind, form),
      domains: form.getAll('domain').map(String),
      products: textOf(form, 'products')
        .split(/[\s,]+/)
        .filter(Boolean),
      deadline: textOf(form, 'deadline'),
      everyDays: Number(textOf(form, 'everyDays')) as MakeCampaignInput['everyDays'],
    });
  }
  return (
    <FormDialog
      size="md"
      title="New campaign"
      description="The products are those of this moment. Owners of products that are not there yet are told."
      trigger={
        <Button variant="primary" icon={<Plus aria-hidden />}>
          New campaign
        </Button>
      }
      submitLabel="Begin the campaign"
      send={send}
      onDone={({ campaignId }) => router.push(`/insight/campaigns/${campaignId}`)}
    >
      {(fields) => (
        <>
          <Field label="Title" required error={fields.title}>
            <Input name="title" maxLength={100} autoComplete="off" />
          </Field>
          <Field label="Why it matters" optional error={fields.words}>
            <Textarea name="words" rows={2} maxLength={1000} />
          </Field>
          <GoalFields
            kind={kind}
            onKind={setKind}
            words={choices.words}
            error={firstOf(fields, 'goal')}
          />
          <SelectionFields domains={choices.domains} fields={fields} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label="Until"
              required
              hint="It counts to the end of the day, UTC"
              error={fields.deadline}
            >
              <Input name="deadline" type="date" />
            </Field>
            <Field label="Remind owners" error={fields.everyDays}>
              <Select
                name="everyDays"
                defaultValue="7"
                options={choices.rhythms.map((days) => ({
                  value: String(days),
                  label: `Every ${days} days`,
                }))}
              />
            </Field>
          </div>
        </>
      )}
    </FormDialog>
  );
}

function goalOf(kind: Kind, form: FormData): MakeCampaignInput['goal'] {
  const [target, level] = [textOf(form, 'target'), Number(textOf(form, 'level'))];
  if (kind === 'check') return { kind, target };
  if (kind === 'level') return { kind, level };
  return { kind, level, target: target as ScorecardWords['properties'][number]['id'] };
}

interface GoalFieldsProps {
  kind: Kind;
  onKind: (kind: Kind) => void;
  words: ScorecardWords;
  error: string | undefined;
}
function GoalFields({ kind, onKind, words, error }: GoalFieldsProps) {
  const targets = kind === 'check' ? words.checks : words.properties;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Goal" className="sm:col-span-2">
        <Select
          value={kind}
          onChange={(event) => onKind(event.target.value as Kind)}
          options={KINDS}
        />
      </Field>
      {kind !== 'level' && (
        <Field
          label={kind === 'check' ? 'Check' : 'Property'}
          error={error}
          className={kind === 'check' ? 'sm:col-span-2' : ''}
        >
          <Select
            key={kind}
            name="target"
            options={targets.map(({ id, title }) => ({ value: id, label: title }))}
          />
        </Field>
      )}
      {kind !== 'check' && (
        <Field label="Level">
          <Select
            name="level"
            options={words.levels.map((label, level) => ({ value: String(level), label })).slice(1)}
          />
        </Field>
      )}
    </div>
  );
}

interface SelectionProps {
  domains: CampaignChoices['domains'];
  fields: Record<string, string>;
}
function SelectionFields({ domains, fields }: SelectionProps) {
  return (
    <>
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1.5 text-sm font-medium">Products of</legend>
        {domains.map(({ name, title }) => (
          <Checkbox key={name} name="domain" value={name} label={title} />
        ))}
        <p className="text-sm text-subtle sm:col-span-2">
          Without a domain and a product, all products that you may find.
        </p>
        <FormMessage message={firstOf(fields, 'domains') ?? null} />
      </fieldset>
      <Field
        label="Single products"
        optional
        hint="As domain/name, parted by commas"
        error={firstOf(fields, 'products')}
      >
        <Input name="products" autoComplete="off" />
      </Field>
    </>
  );
}
