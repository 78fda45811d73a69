'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, fetchJson } from '@/components/products/fetch-json';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { EmptyState, ErrorState } from '@/components/ui/states';
import type { DraftField } from '@/lib/products/draft-data';
import { mergeFields } from '@/lib/products/merge-fields';
import type { SourceProductSummary } from '@/lib/products/source-products';
import { Anchor, useWizard } from './wizard-context';

export function useSourceProducts() {
  return useQuery({
    queryKey: ['draft-sources'],
    queryFn: ({ signal }) =>
      fetchJson<{ products: SourceProductSummary[] }>('/api/v1/draft-sources', signal),
    staleTime: 30_000,
  });
}

/** Takes another product's rows as they are. */
export function SourceProductPicker() {
  const { data, update, errors } = useWizard();
  const { data: listed, error, refetch, isPending, isRefetching } = useSourceProducts();
  const [message, setMessage] = useState<string | null>(null);
  const chosen = data.source?.kind === 'product' ? (data.source.product ?? '') : '';

  const choose = async (product: string) => {
    update({ source: { kind: 'product', product: product || undefined }, fields: [], quality: [] });
    setMessage(null);
    if (!product) return;
    try {
      const { fields } = await fetchJson<{ fields: DraftField[] }>(
        `/api/v1/draft-sources/${product}`,
      );
      update((draft) => {
        const isStill = draft.source?.kind === 'product' && draft.source.product === product;
        return isStill ? { fields: mergeFields(draft.fields, fields) } : {};
      });
    } catch (failure) {
      setMessage(failure instanceof ApiError ? failure.message : 'Its schema could not be read.');
    }
  };

  if (error) {
    return (
      <ErrorState message={error.message} onRetry={() => refetch()} isRetrying={isRefetching} />
    );
  }
  const products = listed?.products ?? [];
  if (!isPending && products.length === 0 && !chosen) {
    return (
      <EmptyState
        title="There is no product that you may read yet"
        description="Ask an owner for access on the product's page, or upload a file."
      />
    );
  }
  const isListed = products.some((one) => one.product === chosen);
  return (
    <Anchor path="source.product">
      <Card title="Product">
        <div className="flex flex-col gap-4">
          <Field
            label="Data product"
            required
            hint="Only products that serve data now and that you may read."
            error={message ?? errors['source.product']}
          >
            <Select
              placeholder={isPending ? 'Loading…' : 'Choose a product'}
              value={chosen}
              onChange={(event) => void choose(event.target.value)}
              options={[
                ...(chosen && !isListed ? [{ value: chosen, label: chosen }] : []),
                ...products.map(({ product, title, fieldCount }) => ({
                  value: product,
                  label: `${title} (${product}, ${fieldCount} columns)`,
                })),
              ]}
            />
          </Field>
          <ClassificationNote
            chosen={products.find((one) => one.product === chosen)}
            mine={data.classification}
          />
        </div>
      </Card>
    </Anchor>
  );
}

const ORDER = ['public', 'internal', 'confidential', 'restricted'];

interface NoteProps {
  chosen: SourceProductSummary | undefined;
  mine: string | undefined;
}

/** Data does not become less sensitive by being copied. */
function ClassificationNote({ chosen, mine }: NoteProps) {
  if (!chosen || !mine || ORDER.indexOf(mine) >= ORDER.indexOf(chosen.classification)) return null;
  return (
    <Callout tone="warn" title="Less protected than its source">
      {chosen.title} is {chosen.classification}, this product is {mine}. Make sure that what you
      leave in may be seen by more people.
    </Callout>
  );
}
