'use client';

import { Play } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  createCheckAction,
  previewCheckAction,
  updateCheckAction,
} from '@/app/(portal)/governance/checks/actions';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field, FieldError } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Input, Select, Textarea } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import { textOf, useAction } from '@/components/ui/use-action';
import type { CatalogueFact } from '@/lib/governance';
import type { CheckPreview, CustomCheckRow, ScorecardWords } from '@/lib/insight';
import { LEVELS } from '@/lib/insight/scorecards/checks/check';
import { PreviewResult } from './preview-result';

const CelEditor = dynamic(() => import('@/components/governance/editor/cel-editor'), {
  ssr: false,
  loading: () => <Skeleton className="h-24 w-full" />,
});
const PATH = '/governance/checks';
const START = 'columns.all(c, c.description != "")';

interface CheckFormProps {
  /** The check that is written anew; none for a new one. */
  check: CustomCheckRow | undefined;
  properties: ScorecardWords['properties'];
  domains: { name: string; title: string }[];
  facts: CatalogueFact[];
}

/** A check of a steward's own, tried on real products before it is saved. */
export function CheckForm({ check, properties, domains, facts }: CheckFormProps) {
  const router = useRouter();
  const [expression, setExpression] = useState(check?.expression ?? START);
  const [domain, setDomain] = useState(check?.domain ?? '');
  const [preview, setPreview] = useState<CheckPreview | null>(null);
  const done = () => {
    router.push(PATH);
    router.refresh();
  };
  const create = useAction(createCheckAction, done);
  const update = useAction(updateCheckAction, done);
  const trial = useAction(previewCheckAction, setPreview);
  const { message, fields, isPending } = check ? update : create;
  const expressionError = fields.expression ?? trial.fields.expression;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const written = {
      ...{ title: textOf(form, 'title'), words: textOf(form, 'words'), expression },
      property: textOf(form, 'property') as CustomCheckRow['property'],
      ...{ level: Number(textOf(form, 'level')), nextStep: textOf(form, 'nextStep') },
    };
    if (check) update.run({ ...written, name: check.name, rev: check.rev });
    else create.run({ ...written, name: textOf(form, 'name'), domain: domain || null });
  }
  return (
    <Card
      title={check ? `Edit “${check.title}”` : 'New check'}
      description="It counts from the next recording on. Where it cannot be computed, the scorecard says why, and no level is held back."
    >
      <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
        <WordFields {...{ check, properties, domains, domain, fields }} onDomain={setDomain} />
        <div className="sm:col-span-2">
          <p className="mb-1 text-sm font-medium">Passes when (CEL)</p>
          <CelEditor value={expression} onChange={setExpression} facts={facts} />
          {expressionError && <FieldError>{expressionError}</FieldError>}
        </div>
        <div className="flex flex-col gap-4 sm:col-span-2" aria-live="polite">
          <FormMessage message={message ?? trial.message} />
          {preview && <PreviewResult preview={preview} />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 sm:col-span-2">
          <ButtonLink href={PATH}>Cancel</ButtonLink>
          <Button
            icon={<Play aria-hidden />}
            loading={trial.isPending}
            onClick={() => trial.run({ expression, domain: domain || null })}
          >
            Try it
          </Button>
          <Button type="submit" variant="primary" loading={isPending}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface WordFieldsProps extends Pick<CheckFormProps, 'check' | 'properties' | 'domains'> {
  domain: string;
  onDomain: (domain: string) => void;
  fields: Record<string, string>;
}

function WordFields({ check, properties, domains, domain, onDomain, fields }: WordFieldsProps) {
  return (
    <>
      <Field label="Title" required hint="The state that passes" error={fields.title}>
        <Input name="title" defaultValue={check?.title} maxLength={100} />
      </Field>
      {check ? (
        <p className="self-end pb-2 text-sm text-muted">
          <code>{check.name}</code>, of {check.domain ?? 'the mesh'}
        </p>
      ) : (
        <Field label="Name" required hint="Its id, such as owner-on-call" error={fields.name}>
          <Input name="name" maxLength={63} autoComplete="off" />
        </Field>
      )}
      <Field
        label="When it passes, and why that matters"
        required
        error={fields.words}
        className="sm:col-span-2"
      >
        <Textarea name="words" rows={2} defaultValue={check?.words} maxLength={500} />
      </Field>
      <Field label="Property" error={fields.property}>
        <Select
          name="property"
          defaultValue={check?.property}
          options={properties.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Field>
      <Field label="Level" error={fields.level}>
        <Select
          name="level"
          defaultValue={String(check?.level ?? 2)}
          options={LEVELS.map((label, level) => ({ value: String(level), label })).slice(1)}
        />
      </Field>
      {!check && (
        <Field label="For the products of" error={fields.domain}>
          <Select
            value={domain}
            onChange={(event) => onDomain(event.target.value)}
            placeholder="The whole mesh"
            options={domains.map(({ name, title }) => ({ value: name, label: title }))}
          />
        </Field>
      )}
      <Field
        label="What its owner does when it fails"
        required
        error={fields.nextStep}
        className="sm:col-span-2"
      >
        <Input name="nextStep" defaultValue={check?.nextStep} maxLength={300} />
      </Field>
    </>
  );
}
