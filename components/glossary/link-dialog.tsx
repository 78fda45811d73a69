'use client';

import { Link2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { linkTermAction } from '@/app/(portal)/glossary/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Select } from '@/components/ui/input';
import { SuggestInput } from '@/components/ui/suggest-input';
import { textOf, useAction } from '@/components/ui/use-action';
import { useColumnOptions, useProductOptions, useTermOptions } from './use-link-options';

interface LinkDialogProps {
  /** Given on the page of a term: the product is asked for. */
  term?: string;
  /** Given on the page of a product, with its columns: the term is asked for. */
  product?: { address: string; columns: string[] };
}

/** Links a product, or a column of it, to a term. */
export function LinkDialog({ term, product }: LinkDialogProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  /** The term or the product, whichever is asked for. */
  const [named, setNamed] = useState('');
  const [column, setColumn] = useState('');
  const termOptions = useTermOptions(product ? named : '');
  const productOptions = useProductOptions(product ? '' : named);
  const columnOptions = useColumnOptions(product ? '' : named, column);
  const { run, isPending, message, fields, reset } = useAction(linkTermAction, () => {
    setIsOpen(false);
    setNamed('');
    setColumn('');
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    run({
      term: term ?? textOf(form, 'term'),
      product: product?.address ?? textOf(form, 'product'),
      column: textOf(form, 'column'),
    });
  }
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setIsOpen(open);
        reset();
      }}
      title={product ? 'Link a term' : 'Link a product'}
      description="A search for the term or a synonym of it finds the product."
      trigger={
        <Button size="sm" icon={<Link2 aria-hidden />}>
          {product ? 'Link a term' : 'Link a product'}
        </Button>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
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
        <FormMessage message={message} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" loading={isPending}>
            Link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
