'use client';

import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { RadioCards } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { Input, Select, Textarea } from '@/components/ui/input';
import { EmptyState } from '@/components/ui/states';
import type { DomainOption } from '@/lib/products/wizard-options';
import type { Classification } from '@/lib/specs/document';
import { NameField } from './name-field';
import { TagsField } from './tags-field';
import { TemplateCards } from './template-cards';
import { Anchor, useWizard } from './wizard-context';
import { slugOf } from './words';

/** Screen 1: what the product is and whose. */
export function StepBasics() {
  const { data, update, errors, templates, domains } = useWizard();
  const domain = domains.find((one) => one.name === data.domain);
  if (domains.length === 0) {
    return (
      <EmptyState
        title="There is no domain you may create products in"
        description="Ask a data admin of your domain for the role data_producer. The draft stays here."
      />
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Anchor path="template">
        <TemplateCards
          templates={templates}
          value={data.template ?? ''}
          onChange={(template) => update({ template })}
          error={errors.template}
        />
      </Anchor>
      <Card title="The product">
        <div className="grid gap-5 sm:grid-cols-2">
          <TitleField />
          <Anchor path="domain">
            <Field label="Domain" required error={errors.domain}>
              <Select
                placeholder="Choose a domain"
                value={data.domain ?? ''}
                onChange={(event) => update({ domain: event.target.value || undefined })}
                options={domains.map(({ name, title }) => ({ value: name, label: title }))}
              />
            </Field>
          </Anchor>
          <NameField />
          <OwnerField domain={domain} />
          <div className="sm:col-span-2">
            <Anchor path="description">
              <Field
                label="Description"
                required
                hint="One or two sentences for the catalogue: what one row is, and what it is for."
                error={errors.description}
              >
                <Textarea
                  rows={3}
                  maxLength={5000}
                  value={data.description ?? ''}
                  onChange={(event) => update({ description: event.target.value })}
                />
              </Field>
            </Anchor>
          </div>
          <div className="sm:col-span-2">
            <TagsField />
          </div>
        </div>
      </Card>
      <ClassificationCards domain={domain ?? domains[0]} />
    </div>
  );
}

function TitleField() {
  const { data, update, errors } = useWizard();
  // The name follows the title until somebody gives it a name of its own.
  const [isFollowing, setFollowing] = useState(
    !data.name || data.name === slugOf(data.title ?? ''),
  );
  return (
    <Anchor path="title">
      <Field label="Title" required error={errors.title}>
        <Input
          maxLength={200}
          value={data.title ?? ''}
          onChange={(event) => {
            const title = event.target.value;
            update((draft) => {
              const follows =
                isFollowing && (!draft.name || draft.name === slugOf(draft.title ?? ''));
              setFollowing(follows);
              return follows ? { title, name: slugOf(title) } : { title };
            });
          }}
        />
      </Field>
    </Anchor>
  );
}

function OwnerField({ domain }: { domain: DomainOption | undefined }) {
  const { data, update, errors } = useWizard();
  return (
    <Anchor path="owner">
      <Field
        label="Owner"
        required
        hint="The person who answers for the product and gives access to it."
        error={errors.owner}
      >
        <Input
          type="email"
          list="owners"
          autoComplete="off"
          value={data.owner ?? ''}
          onChange={(event) => update({ owner: event.target.value })}
        />
      </Field>
      <datalist id="owners">
        {domain?.owners.map(({ email, name }) => (
          <option key={email} value={email}>
            {name}
          </option>
        ))}
      </datalist>
    </Anchor>
  );
}

const TITLES: Record<Classification, string> = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  restricted: 'Restricted',
};

function ClassificationCards({ domain }: { domain: DomainOption | undefined }) {
  const { data, update, errors } = useWizard();
  return (
    <Anchor path="classification">
      <RadioCards
        legend="Classification"
        hint={domain && `What the policies in force mean for data of ${domain.title}.`}
        name="classification"
        required
        value={data.classification ?? ''}
        onValueChange={(value) => update({ classification: value as Classification })}
        error={errors.classification}
        options={(domain?.classifications ?? []).map((option) => ({
          value: option.level,
          title: TITLES[option.level],
          description: [
            option.description && `${option.description.replace(/\.$/, '')}.`,
            option.isEncrypted ? 'Files are encrypted.' : 'Files are not encrypted.',
            option.retention && `Kept ${option.retention.replaceAll('_', ' ')}.`,
            reach(domain, option.level),
          ]
            .filter(Boolean)
            .join(' '),
        }))}
      />
    </Anchor>
  );
}

function reach(domain: DomainOption | undefined, level: Classification): string {
  const roles = (domain?.roles ?? []).filter((rule) => rule.dataAccess.includes(level));
  if (level === 'public') return 'Everybody who is signed in may read it.';
  if (roles.length === 0) return 'Nobody reads it without a grant.';
  return `Read by: ${roles.map(({ role }) => role).join(', ')}.`;
}
