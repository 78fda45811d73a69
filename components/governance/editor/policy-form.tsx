'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select } from '@/components/ui/input';
import {
  addEntry,
  type FormField,
  type FormGroup,
  readFields,
  removeEntry,
  writeField,
} from './form-fields';

interface PolicyFormProps {
  yaml: string;
  onChange: (yaml: string) => void;
  isDomain: boolean;
  isReadOnly: boolean;
}

/** The same document as a form: every change is written into the text beside it. */
export default function PolicyForm({ yaml, onChange, isDomain, isReadOnly }: PolicyFormProps) {
  const groups = readFields(yaml, isDomain);
  if (!groups) {
    return (
      <Callout tone="warn" title="The text cannot be shown as a form now">
        Mend what is marked in the YAML; the form comes back by itself.
      </Callout>
    );
  }
  return (
    <fieldset disabled={isReadOnly} className="flex flex-col gap-6">
      {groups.map((group) => (
        <Group key={group.title} group={group} yaml={yaml} onChange={onChange} />
      ))}
    </fieldset>
  );
}

interface GroupProps {
  group: FormGroup;
  yaml: string;
  onChange: (yaml: string) => void;
}

function Group({ group, yaml, onChange }: GroupProps) {
  return (
    <section aria-label={group.title}>
      <header className="mb-2 flex items-center justify-between gap-3">
        <h3 className="text-base font-semibold">{group.title}</h3>
        {group.add && (
          <Button
            size="sm"
            icon={<Plus />}
            onClick={() => group.add && onChange(addEntry(yaml, group.add))}
          >
            {group.add.label}
          </Button>
        )}
      </header>
      {group.entries.length === 0 && <p className="text-sm text-subtle">Nothing is said here.</p>}
      <ul className="flex flex-col gap-3">
        {group.entries.map((entry) => (
          <li key={entry.path.join('.')} className="rounded-md border bg-sunken/40 p-3">
            {entry.title && (
              <div className="mb-2 flex items-center justify-between gap-2">
                <h4 className="min-w-0 truncate text-sm font-medium">{entry.title}</h4>
                <IconButton
                  size="sm"
                  label={`Remove ${entry.title}`}
                  icon={<Trash2 />}
                  onClick={() => onChange(removeEntry(yaml, entry.path))}
                />
              </div>
            )}
            <div className="grid gap-3 sm:grid-cols-2">
              {entry.fields.map((field) => (
                <Field key={field.path.join('.')} label={field.label}>
                  <Control
                    field={field}
                    onChange={(text) => onChange(writeField(yaml, field, text))}
                  />
                </Field>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Control({ field, onChange }: { field: FormField; onChange: (text: string) => void }) {
  // Typed text is written on leaving the field: half a word would make the document invalid.
  const [typed, setTyped] = useState(field.value);
  useEffect(() => setTyped(field.value), [field.value]);
  if (field.options) {
    const isKnown = field.options.includes(field.value);
    const options = isKnown ? field.options : [field.value, ...field.options];
    return (
      <Select
        value={field.value}
        onChange={(event) => onChange(event.target.value)}
        options={options.map((value) => ({
          value,
          label: value === '' ? 'not stated' : value.replaceAll('_', ' '),
        }))}
      />
    );
  }
  return (
    <Input
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => typed !== field.value && onChange(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && typed !== field.value) onChange(typed);
      }}
    />
  );
}
