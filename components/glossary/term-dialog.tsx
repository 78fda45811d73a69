'use client';

import { Pencil, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { createTermAction, updateTermAction } from '@/app/(portal)/glossary/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input, Select, Textarea } from '@/components/ui/input';
import { textOf } from '@/components/ui/use-action';
import type { TermDetail, TermPlaces } from '@/lib/glossary';
import { termHref } from './term-href';

interface TermDialogProps {
  places: TermPlaces;
  /** The term that is written anew. */
  term?: TermDetail;
}

const wordsOf = (text: string) =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter(Boolean);

/** Writes a term, or writes one anew. */
export function TermDialog({ places, term }: TermDialogProps) {
  const router = useRouter();
  function send(form: FormData) {
    const written = {
      name: textOf(form, 'name'),
      definition: textOf(form, 'definition'),
      synonyms: wordsOf(textOf(form, 'synonyms')),
      related: wordsOf(textOf(form, 'related')),
      domain: textOf(form, 'domain') || null,
      owner: textOf(form, 'owner') || undefined,
    };
    return term
      ? updateTermAction({ ...written, term: term.slug, rev: term.rev })
      : createTermAction(written);
  }
  return (
    <FormDialog
      size="md"
      title={term ? `Edit “${term.name}”` : 'New term'}
      description="It is a draft until a steward approves it."
      trigger={
        term ? (
          <Button icon={<Pencil aria-hidden />}>Edit</Button>
        ) : (
          <Button variant="primary" icon={<Plus aria-hidden />}>
            New term
          </Button>
        )
      }
      submitLabel={term ? 'Save' : 'Write it'}
      send={send}
      onDone={({ slug }) => {
        router.push(termHref(slug));
        router.refresh();
      }}
    >
      {(fields) => <TermFieldset places={places} term={term} fields={fields} />}
    </FormDialog>
  );
}

interface FieldsetProps extends TermDialogProps {
  fields: Record<string, string>;
}

function TermFieldset({ places, term, fields }: FieldsetProps) {
  const error = (name: string) =>
    Object.entries(fields).find(([path]) => path.split('.')[0] === name)?.[1];
  const { domain } = term ?? {};
  const domains = places.domains.map(({ name, title }) => ({ value: name, label: title }));
  const isElsewhere = domain && !domains.some(({ value }) => value === domain.name);
  const mesh = places.isMeshWide || term?.domain === null;
  return (
    <>
      <Field label="Term" required error={error('name')}>
        <Input name="name" required maxLength={80} defaultValue={term?.name} autoComplete="off" />
      </Field>
      <Field label="What it means" required error={error('definition')}>
        <Textarea
          name="definition"
          required
          rows={5}
          maxLength={4000}
          defaultValue={term?.definition}
          dir="auto"
        />
      </Field>
      <Field
        label="Synonyms"
        optional
        hint="What else people call it, separated by commas. The search finds it by each."
        error={error('synonyms')}
      >
        <Input name="synonyms" defaultValue={term?.synonyms.join(', ')} autoComplete="off" />
      </Field>
      <Field label="Meant in" error={error('domain')}>
        <Select
          name="domain"
          defaultValue={term ? (domain?.name ?? '') : mesh ? '' : domains[0]?.value}
          options={[
            ...(mesh ? [{ value: '', label: 'The whole mesh' }] : []),
            ...(isElsewhere ? [{ value: domain.name, label: domain.title }] : []),
            ...domains,
          ]}
        />
      </Field>
      <Field
        label="Related terms"
        optional
        hint="Names of other terms, separated by commas."
        error={error('related')}
      >
        <Input
          name="related"
          defaultValue={term?.related.map(({ name }) => name).join(', ')}
          autoComplete="off"
        />
      </Field>
      <Field
        label="Owner"
        optional
        hint="An e-mail address. Without it, you own a new term."
        error={error('owner')}
      >
        <Input type="email" name="owner" defaultValue={term?.owner.email} autoComplete="off" />
      </Field>
    </>
  );
}
