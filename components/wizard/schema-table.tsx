'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/choice';
import { FieldError } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select } from '@/components/ui/input';
import type { DraftField } from '@/lib/products/draft-data';
import { renameInRules } from '@/lib/products/merge-fields';
import type { ColumnProfile } from '@/lib/products/upload-view';
import type { FieldType } from '@/lib/specs/field-types';
import { ColumnFacts } from './column-facts';
import { Anchor, useWizard } from './wizard-context';
import { SCALAR_TYPES } from './words';

const PAGE = 50;

/** The contract's columns: names, types and meaning, with what the data really holds beside them. */
export function SchemaTable() {
  const { data, update, errors, upload } = useWizard();
  const [shown, setShown] = useState(PAGE);
  const fields = data.fields ?? [];
  const profiles =
    data.source?.kind === 'upload' && upload
      ? new Map(upload.profile.map((column) => [column.name, column]))
      : null;
  const change = (index: number, patch: Partial<DraftField>) =>
    update((draft) => {
      const before = draft.fields?.[index];
      if (!before) return {};
      const isRenamed = patch.name !== undefined && patch.name !== before.name;
      return {
        fields: draft.fields?.map((field, at) => (at === index ? { ...field, ...patch } : field)),
        ...(isRenamed && {
          quality: renameInRules(draft.quality ?? [], before.name, patch.name ?? ''),
        }),
      };
    });
  const remove = (index: number) =>
    update((draft) => {
      const gone = draft.fields?.[index]?.name;
      return {
        fields: draft.fields?.filter((_, at) => at !== index),
        quality: draft.quality?.filter((rule) => rule.column !== gone),
      };
    });
  return (
    <Anchor path="fields">
      <Card
        title={`Schema: ${fields.length} ${fields.length === 1 ? 'column' : 'columns'}`}
        description="What consumers get. Rename, describe, mark personal data (PII) and the key; take out what should not be in the product."
        flush
      >
        {errors.fields && (
          <div className="px-5 py-3">
            <FieldError>{errors.fields}</FieldError>
          </div>
        )}
        <ul className="divide-y">
          {fields.slice(0, shown).map((field, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other identity while it is renamed
            <li key={index}>
              <FieldRow
                field={field}
                index={index}
                profile={profiles?.get(field.sourceName ?? field.name)}
                rowCount={upload?.rowCount ?? 0}
                errors={errors}
                onChange={(patch) => change(index, patch)}
                onRemove={fields.length > 1 ? () => remove(index) : undefined}
              />
            </li>
          ))}
        </ul>
        {fields.length > shown && (
          <div className="px-5 py-3">
            <Button size="sm" onClick={() => setShown(shown + PAGE)}>
              Show {Math.min(PAGE, fields.length - shown)} more of {fields.length - shown}
            </Button>
          </div>
        )}
      </Card>
    </Anchor>
  );
}

interface FieldRowProps {
  field: DraftField;
  index: number;
  profile: ColumnProfile | undefined;
  rowCount: number;
  errors: Record<string, string>;
  onChange: (patch: Partial<DraftField>) => void;
  onRemove: (() => void) | undefined;
}

const PLAIN = {
  precision: undefined,
  scale: undefined,
  timezone: undefined,
  items: undefined,
  fields: undefined,
};

function FieldRow({ field, index, profile, rowCount, errors, onChange, onRemove }: FieldRowProps) {
  const path = `fields.${index}`;
  const own = Object.entries(errors).filter(([key]) => key.startsWith(`${path}.`));
  const isNested = !SCALAR_TYPES.includes(field.type);
  const invalid = (key: string) => (errors[`${path}.${key}`] ? true : undefined);
  return (
    <Anchor path={path}>
      <div className="flex flex-col gap-2.5 px-5 py-3.5">
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2.5 md:grid-cols-[minmax(0,12rem)_8.5rem_minmax(0,1fr)_auto]">
          <Input
            aria-label={`Name of column ${index + 1}`}
            aria-invalid={invalid('name')}
            className="font-mono max-md:order-1"
            spellCheck={false}
            value={field.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
          <Select
            aria-label={`Type of ${field.name}`}
            aria-invalid={invalid('type')}
            className="max-md:order-3 max-md:col-span-2"
            value={field.type}
            onChange={(event) => onChange({ ...PLAIN, type: event.target.value as FieldType })}
            options={[...(isNested ? [field.type] : []), ...SCALAR_TYPES].map((type) => ({
              value: type,
              label: type,
            }))}
          />
          <Input
            aria-label={`Description of ${field.name}`}
            className="max-md:order-4 max-md:col-span-2"
            placeholder="What it means"
            maxLength={2000}
            value={field.description ?? ''}
            onChange={(event) => onChange({ description: event.target.value || undefined })}
          />
          <IconButton
            label={`Take out ${field.name}`}
            icon={<Trash2 />}
            className="max-md:order-2"
            disabled={!onRemove}
            onClick={onRemove}
          />
        </div>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <Marks field={field} onChange={onChange} />
          {field.sourceName && field.sourceName !== field.name && (
            <span className="text-sm text-subtle">
              from <span className="font-mono">{field.sourceName}</span>
            </span>
          )}
          {profile && <ColumnFacts profile={profile} rowCount={rowCount} />}
        </div>
        {own.map(([key, message]) => (
          <FieldError key={key}>{message}</FieldError>
        ))}
      </div>
    </Anchor>
  );
}

type MarksProps = Pick<FieldRowProps, 'field' | 'onChange'>;

function Marks({ field, onChange }: MarksProps) {
  return (
    <>
      <Checkbox
        label="Key"
        checked={field.primaryKey ?? false}
        onChange={(event) => onChange({ primaryKey: event.target.checked || undefined })}
      />
      <Checkbox
        label="Required"
        checked={Boolean(field.required || field.primaryKey)}
        disabled={field.primaryKey}
        onChange={(event) => onChange({ required: event.target.checked || undefined })}
      />
      <Checkbox
        label="PII"
        checked={field.pii ?? false}
        onChange={(event) => onChange({ pii: event.target.checked || undefined })}
      />
    </>
  );
}
