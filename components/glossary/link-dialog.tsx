'use client';

import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { linkTermAction } from '@/app/(portal)/glossary/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Select } from '@/components/ui/input';
import { SuggestInput } from '@/components/ui/suggest-input';
import { textOf } from '@/components/ui/use-action';
import { useColumnOptions, useProductOptions, useTermOptions } from './use-link-options';

interface LinkDialogProps {
  /** Given on the page of a term: the product is asked for. */
  term?: string;
  /** Given on the page of a product, with its columns: the term is asked for. */
  product?: { address: string; columns: string[] };
}

/** Links a product, or a column of it, to a term. */
export function LinkDialog({ term, product }: LinkDialogProps) {
  /** The term or the product, whichever is asked for. */
  const [named, setNamed] = useState('');
  const [column, setColumn] = useState('');
  const termOptions = useTermOptions(product ? named : '');
  const productOptions = useProductOptions(product ? '' : named);
  const columnOptions = useColumnOptions(product ? '' : named, column);
  const send = (form: FormData) =>
    linkTermAction({
      term: term ?? textOf(form, 'term'),
      product: product?.address ?? textOf(form, 'product'),
      column: textOf(form, 'column'),
    });
  return (
    <FormDialog
      title={product ? 'Link a term' : 'Link a product'}
      description="A search for the term or a synonym of it finds the product."
      trigger={
        <Button size="sm" icon={<Link2 aria-hidden />}>
          {product ? 'Link a term' : 'Link a product'}
        </Button>
      }
      submitLabel="Link"
      onOpenChange={() => {
        setNamed('');
        setColumn('');
      }}
      send={send}
    >
      {(fields) => (
        <>
          {product ? (
            <Field label="Term" required error={fields.term}>
              <SuggestInput
                name="term"
                required
                maxLength={100}
                listLabel="Terms that may be meant"
                value={named}
                onValue={setNamed}
                options={termOptions}
              />
            </Field>
          ) : (
            <Field
              label="Product"
              hint="Search by its name, or write domain/product."
              required
              error={fields.product}
            >
              <SuggestInput
                name="product"
                required
                maxLength={130}
                listLabel="Products that may be meant"
                value={named}
                onValue={setNamed}
                options={productOptions}
              />
            </Field>
          )}
          <Field label="Column" optional error={fields.column}>
            {product ? (
              <Select
                name="column"
                options={[
                  { value: '', label: 'The product as a whole' },
                  ...product.columns.map((name) => ({ value: name, label: name })),
                ]}
              />
            ) : (
              <SuggestInput
                name="column"
                maxLength={200}
                listLabel="Columns that may be meant"
                value={column}
                onValue={setColumn}
                options={columnOptions}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
