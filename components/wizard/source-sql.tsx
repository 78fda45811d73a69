'use client';

import { useMutation } from '@tanstack/react-query';
import { Play, Plus, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { ApiError } from '@/components/products/fetch-json';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { DataGrid } from '@/components/ui/data-grid';
import { Field, FieldError } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import { mergeFields } from '@/lib/products/merge-fields';
import type { SourceProductSummary } from '@/lib/products/source-products';
import type { SqlPreviewView } from '@/lib/products/sql-preview';
import { InputColumns } from './input-columns';
import { postJson } from './post-json';
import { useSourceProducts } from './source-product';
import { Anchor, useWizard } from './wizard-context';

const SqlEditor = dynamic(() => import('@/components/sql/sql-editor'), {
  ssr: false,
  loading: () => <Skeleton className="h-40" />,
});

/** Several products as tables of one SELECT, with its first rows beside it. */
export function SourceSql() {
  const { draftId, data, update, errors, flush } = useWizard();
  const { data: listed } = useSourceProducts();
  const source = data.source?.kind === 'sql' ? data.source : null;
  const { sql = '', inputs = [] } = source ?? {};
  const preview = useMutation({
    mutationFn: async () => {
      await flush();
      return postJson<SqlPreviewView>(`/api/v1/drafts/${draftId}/preview`, { sql, inputs });
    },
    onSuccess: ({ fields }) => update((draft) => ({ fields: mergeFields(draft.fields, fields) })),
  });
  const set = (patch: { sql?: string; inputs?: typeof inputs }) =>
    update({ source: { kind: 'sql', sql, inputs, ...patch } });
  const run = () => {
    if (!preview.isPending && sql.trim() && inputs.length > 0) preview.mutate();
  };
  return (
    <>
      <InputsCard
        inputs={inputs}
        products={listed?.products ?? []}
        onChange={(all) => set({ inputs: all })}
      />
      <Anchor path="source.sql">
        <Card
          title="Statement"
          description="One SELECT over the names above. Ctrl+Enter (or ⌘ Enter) runs the preview."
          actions={
            <Button
              size="sm"
              icon={<Play aria-hidden />}
              loading={preview.isPending}
              disabled={!sql.trim() || inputs.length === 0}
              onClick={run}
            >
              Run preview
            </Button>
          }
        >
          <div className="flex flex-col gap-4">
            <SqlEditor value={sql} onChange={(text) => set({ sql: text })} onRun={run} />
            {errors['source.sql'] && <FieldError>{errors['source.sql']}</FieldError>}
            {preview.error && <PreviewError error={preview.error} />}
            {preview.data && <Preview data={preview.data} />}
          </div>
        </Card>
      </Anchor>
    </>
  );
}

function PreviewError({ error }: { error: Error }) {
  const line = error instanceof ApiError ? error.problem.line : undefined;
  return (
    <Callout
      tone="error"
      title={typeof line === 'number' ? `Line ${line}` : 'The statement cannot run'}
    >
      <span className="font-mono text-sm break-words whitespace-pre-wrap">{error.message}</span>
    </Callout>
  );
}

function Preview({ data }: { data: SqlPreviewView }) {
  if (data.rows.length === 0) {
    return <Callout tone="info">The statement is right and gives no rows.</Callout>;
  }
  const count = `${data.isTruncated ? 'First ' : ''}${data.rows.length} rows in ${data.elapsedMs} ms`;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-muted" role="status">
        {count}. The schema below follows this result.
      </p>
      <DataGrid
        caption="Preview of the statement"
        columns={data.columns}
        rows={data.rows}
        maxHeight="22rem"
      />
    </div>
  );
}

interface InputsProps {
  inputs: { alias: string; product: string }[];
  products: SourceProductSummary[];
  onChange: (inputs: { alias: string; product: string }[]) => void;
}

/** `sales/customer-orders` is read as `customer_orders`, or with a number when that is taken. */
function aliasFor(product: string, taken: readonly string[]): string {
  const base = (product.split('/')[1] ?? 'input').replaceAll('-', '_');
  for (let number = 1; ; number += 1) {
    const alias = number === 1 ? base : `${base}_${number}`;
    if (!taken.includes(alias)) return alias;
  }
}

function InputsCard({ inputs, products, onChange }: InputsProps) {
  const { errors } = useWizard();
  const add = (product: string) => {
    if (!product) return;
    onChange([
      ...inputs,
      {
        alias: aliasFor(
          product,
          inputs.map((one) => one.alias),
        ),
        product,
      },
    ]);
  };
  const change = (index: number, patch: Partial<{ alias: string; product: string }>) =>
    onChange(inputs.map((input, at) => (at === index ? { ...input, ...patch } : input)));
  return (
    <Anchor path="source.inputs">
      <Card title="Products it reads">
        <ul className="flex flex-col gap-3">
          {inputs.map((input, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an input has no other identity while it is renamed
            <li key={index}>
              <Anchor path={`source.inputs.${index}`}>
                <div className="flex flex-wrap items-start gap-3">
                  <Field
                    label={`Name of input ${index + 1} in SQL`}
                    hideLabel
                    className="w-44"
                    error={errors[`source.inputs.${index}.alias`]}
                  >
                    <Input
                      className="font-mono"
                      value={input.alias}
                      onChange={(event) => change(index, { alias: event.target.value })}
                    />
                  </Field>
                  <div className="min-w-0 flex-1 py-2 text-base text-muted">
                    <span className="break-all">{input.product}</span>
                    <InputColumns product={input.product} />
                    {errors[`source.inputs.${index}.product`] && (
                      <FieldError>{errors[`source.inputs.${index}.product`]}</FieldError>
                    )}
                  </div>
                  <IconButton
                    label={`Remove ${input.product}`}
                    icon={<Trash2 />}
                    onClick={() => onChange(inputs.filter((_, at) => at !== index))}
                  />
                </div>
              </Anchor>
            </li>
          ))}
        </ul>
        <div className="mt-3 flex items-center gap-2">
          <Plus className="size-4 shrink-0 text-subtle" aria-hidden />
          <Select
            aria-label="Add a product"
            className="min-w-0 flex-1 sm:max-w-md"
            placeholder="Add a product…"
            value=""
            onChange={(event) => add(event.target.value)}
            options={products.map(({ product, title }) => ({
              value: product,
              label: `${title} (${product})`,
            }))}
          />
        </div>
        {errors['source.inputs'] && <FieldError>{errors['source.inputs']}</FieldError>}
      </Card>
    </Anchor>
  );
}
