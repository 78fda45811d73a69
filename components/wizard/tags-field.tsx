'use client';

import { TagInput } from '@/components/tags/tag-input';
import { Field } from '@/components/ui/field';
import { Anchor, useWizard } from './wizard-context';

export function TagsField() {
  const { data, update, errors } = useWizard();
  return (
    <Anchor path="tags">
      <Field
        label="Tags"
        optional
        hint="Separated by commas. A word that is new is a proposal until a steward approves it."
        error={errors.tags}
      >
        <TagInput tags={data.tags ?? []} onChange={(tags) => update({ tags })} />
      </Field>
    </Anchor>
  );
}
