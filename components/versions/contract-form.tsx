'use client';

import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { PriceFields } from '@/components/promises/price-fields';
import { SupportFields } from '@/components/promises/support-fields';
import { TermsFields } from '@/components/promises/terms-fields';
import { TagInput } from '@/components/tags/tag-input';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Checkbox } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select, Textarea } from '@/components/ui/input';
import { FIELD_TYPES } from '@/lib/specs/field-types';
import { draftPromiseFields } from '@/lib/specs/promises';
import {
  addField,
  type ContractForm as ContractFormParts,
  type FormField,
  formOf,
  removeField,
  setDescription,
  setField,
  setPromise,
  setSql,
  setTags,
} from './contract-edits';

interface ContractFormProps {
  yaml: string;
  onChange: (yaml: string) => void;
}

const TYPES = FIELD_TYPES.map((type) => ({ value: type, label: type }));

/** The parts of a contract that change most often; everything else is in the text beside it. */
export function ContractForm({ yaml, onChange }: ContractFormProps) {
  const form = formOf(yaml);
  if (!form) {
    return (
      <Callout tone="warn" title="The text cannot be read">
        Mend the YAML; the form comes back by itself.
      </Callout>
    );
  }
  return (
    <div className="grid gap-5">
      <Field label="Description" required>
        <Textarea
          rows={2}
          value={form.description}
          onChange={(event) => onChange(setDescription(yaml, event.target.value))}
        />
      </Field>
      <Field label="Tags" optional hint="Separated by commas.">
        <TagInput tags={form.tags} onChange={(tags) => onChange(setTags(yaml, tags))} />
      </Field>
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-sm font-medium">Fields</legend>
        {form.fields.map((field, at) => (
          <FieldRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a field's place is what it is edited by
            key={at}
            field={field}
            onChange={(change) => onChange(setField(yaml, at, change))}
            onRemove={form.fields.length > 1 ? () => onChange(removeField(yaml, at)) : null}
          />
        ))}
        <div>
          <Button size="sm" icon={<Plus />} onClick={() => onChange(addField(yaml))}>
            Add a field
          </Button>
        </div>
      </fieldset>
      <PromiseParts
        promises={form.promises}
        onChange={(part, value) => onChange(setPromise(yaml, part, value))}
      />
      {form.sql !== null && (
        <Field label="SQL" hint="The statement that makes the rows. It may change with the fields.">
          <Textarea
            rows={6}
            className="font-mono"
            value={form.sql}
            onChange={(event) => onChange(setSql(yaml, event.target.value))}
          />
        </Field>
      )}
    </div>
  );
}

interface PromisePartsProps {
  promises: ContractFormParts['promises'];
  onChange: (part: keyof ContractFormParts['promises'], value: unknown) => void;
}

/** A part of another shape than the form knows stays to the text. */
function PromiseParts({ promises, onChange }: PromisePartsProps) {
  const parsed = z.object(draftPromiseFields).safeParse(promises);
  if (!parsed.success) {
    return (
      <p className="text-sm text-muted">
        Terms, support or price are written otherwise than this form knows. Change them in the text.
      </p>
    );
  }
  const { terms, support, price } = parsed.data;
  return (
    <>
      <Part title="Terms of use">
        <TermsFields terms={terms} onChange={(next) => onChange('terms', next)} />
      </Part>
      <Part title="Support">
        <SupportFields support={support} onChange={(next) => onChange('support', next)} />
      </Part>
      <Part title="Price">
        <PriceFields price={price} onChange={(next) => onChange('price', next)} />
      </Part>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="grid gap-3">
    <legend className="mb-2 text-sm font-medium">{title}</legend>
    {children}
  </fieldset>
);

interface FieldRowProps {
  field: FormField;
  onChange: (change: Partial<FormField>) => void;
  onRemove: (() => void) | null;
}

function FieldRow({ field, onChange, onRemove }: FieldRowProps) {
  return (
    <fieldset aria-label={field.name} className="grid gap-3 rounded-md border p-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Name" className="min-w-32 flex-1">
          <Input
            value={field.name}
            autoComplete="off"
            className="font-mono"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <Field label="Type" className="w-32">
          <Select
            value={field.type}
            options={TYPES}
            onChange={(event) => onChange({ type: event.target.value })}
          />
        </Field>
        <IconButton
          label={`Remove ${field.name}`}
          disabled={onRemove === null}
          icon={<Trash2 />}
          onClick={() => onRemove?.()}
        />
      </div>
      <Field label={`What ${field.name || 'it'} holds`} hideLabel>
        <Input
          value={field.description}
          placeholder="What it holds"
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Checkbox
          label="Always has a value"
          checked={field.isRequired}
          onChange={(event) => onChange({ isRequired: event.target.checked })}
        />
        <Checkbox
          label="Personal data"
          checked={field.isPii}
          onChange={(event) => onChange({ isPii: event.target.checked })}
        />
      </div>
    </fieldset>
  );
}
