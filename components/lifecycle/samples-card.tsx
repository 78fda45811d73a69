'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import {
  deleteSampleAction,
  saveSampleAction,
} from '@/app/(portal)/products/[domain]/[product]/lifecycle-actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { EmptyState } from '@/components/ui/states';
import { textOf, useAction } from '@/components/ui/use-action';
import type { SampleView } from '@/lib/release';

interface Props {
  productId: string;
  samples: SampleView[];
}

const pretty = (value: unknown) => JSON.stringify(value, null, 1);

/** Rows that the unit suite puts through the transformation, and what has to come out. */
export function SamplesCard({ productId, samples }: Props) {
  return (
    <Card
      title="Sample rows"
      description="The unit suite puts them through the transformation, in the sandbox, and compares."
      actions={<SampleDialog productId={productId} />}
    >
      {samples.length === 0 ? (
        <EmptyState
          title="No sample rows yet"
          description="Give a few rows of the input and the rows that have to come out of them."
        />
      ) : (
        <ul className="flex flex-col gap-4">
          {samples.map((sample) => (
            <li key={sample.name} className="flex flex-col gap-2">
              <span className="flex flex-wrap items-center justify-between gap-2">
                <span className="font-medium">{sample.name}</span>
                <span className="flex gap-2">
                  <SampleDialog productId={productId} sample={sample} />
                  <RemoveButton productId={productId} name={sample.name} />
                </span>
              </span>
              <CodeBlock
                maxHeight="14rem"
                samples={[
                  { label: 'Input rows', code: pretty(sample.inputs) },
                  { label: 'Expected rows', code: pretty(sample.expected) },
                ]}
              />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const EXAMPLE_INPUTS = '{\n "source": [\n  { "column": "value" }\n ]\n}';
const EXAMPLE_EXPECTED = '[\n { "field": "value" }\n]';

/** @returns the value, or null when the text is no JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function SampleDialog({ productId, sample }: { productId: string; sample?: SampleView }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [verdict, setVerdict] = useState<{ status: string; message: string } | null>(null);
  const [broken, setBroken] = useState<Record<string, string>>({});
  const { run, isPending, message, fields } = useAction(saveSampleAction, (result) => {
    setVerdict(result);
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const inputs = parsed(textOf(form, 'inputs'));
    const expected = parsed(textOf(form, 'expected'));
    const help = 'This is not JSON. Mind quotes and commas.';
    setBroken({
      ...(inputs === null && { inputs: help }),
      ...(expected === null && { expected: help }),
    });
    setVerdict(null);
    if (inputs === null || expected === null) return;
    type Input = Parameters<typeof saveSampleAction>[0];
    run({ productId, name: textOf(form, 'name'), inputs, expected } as Input);
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        setVerdict(null);
      }}
      size="md"
      title={sample ? `Change “${sample.name}”` : 'New sample'}
      description="Rows as JSON. Inputs are named as the transformation reads them; a file and a single product are called source."
      trigger={
        sample ? (
          <Button size="sm" aria-label={`Change the sample ${sample.name}`}>
            Change
          </Button>
        ) : (
          <Button icon={<Plus aria-hidden />}>New sample</Button>
        )
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" required error={fields.name}>
          <Input name="name" maxLength={100} defaultValue={sample?.name} readOnly={!!sample} />
        </Field>
        <Field label="Input rows" required error={broken.inputs ?? fields.inputs}>
          <Textarea
            name="inputs"
            rows={6}
            className="font-mono text-sm"
            defaultValue={sample ? pretty(sample.inputs) : EXAMPLE_INPUTS}
          />
        </Field>
        <Field label="Expected rows" required error={broken.expected ?? fields.expected}>
          <Textarea
            name="expected"
            rows={6}
            className="font-mono text-sm"
            defaultValue={sample ? pretty(sample.expected) : EXAMPLE_EXPECTED}
          />
        </Field>
        {message && <Callout tone="error">{message}</Callout>}
        {verdict && (
          <Callout
            tone={verdict.status === 'passed' ? 'ok' : 'warn'}
            title={verdict.status === 'passed' ? 'Saved, and it passes' : 'Saved, and it fails'}
          >
            {verdict.message}
          </Callout>
        )}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Save and try
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RemoveButton({ productId, name }: { productId: string; name: string }) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger-quiet" aria-label={`Remove the sample ${name}`}>
          Remove
        </Button>
      }
      title={`Remove the sample “${name}”?`}
      effects={['The unit suite no longer tests it. Results that were kept stay.']}
      confirmLabel="Remove"
      onConfirm={() => deleteSampleAction({ productId, name })}
    />
  );
}
