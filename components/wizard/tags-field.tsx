'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Anchor, useWizard } from './wizard-context';

const split = (text: string) =>
  [...new Set(text.split(',').map((tag) => tag.trim().slice(0, 50)))].filter(Boolean).slice(0, 30);

/** Tags, separated by commas; the text stays as typed while the draft holds the list. */
export function TagsField() {
  const { data, update, errors } = useWizard();
  const held = (data.tags ?? []).join(', ');
  const [text, setText] = useState(held);
  const shown = split(text).join(', ') === held ? text : held;
  return (
    <Anchor path="tags">
      <Field label="Tags" optional hint="Separated by commas." error={errors.tags}>
        <Input
          value={shown}
          onChange={(event) => {
            setText(event.target.value);
            update({ tags: split(event.target.value) });
          }}
        />
      </Field>
    </Anchor>
  );
}
