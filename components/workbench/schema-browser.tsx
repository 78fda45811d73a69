'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { fetchJson } from '@/components/products/fetch-json';
import { Badge } from '@/components/ui/badge';
import { IconButton } from '@/components/ui/icon-button';
import { SearchInput } from '@/components/ui/search-input';
import type { QueryableProduct } from '@/lib/workbench';

export interface Queryable {
  products: QueryableProduct[];
  hasMore: boolean;
}

interface SchemaBrowserProps {
  first: Queryable;
  /** Puts a name where the cursor is. */
  onInsert: (text: string) => void;
}

const PLAIN = /^[a-z_][a-z0-9_]*$/;
const quoted = (name: string) => (PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** What can be queried, with its columns. */
export function SchemaBrowser({ first, onInsert }: SchemaBrowserProps) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['queryable', q],
    queryFn: ({ signal }) =>
      fetchJson<Queryable>(`/api/v1/queries/products?q=${encodeURIComponent(q)}`, signal),
    enabled: q !== '',
    placeholderData: (before) => before,
  });
  const { products, hasMore } = (q !== '' && found.data) || first;
  return (
    <div className="flex flex-col gap-3">
      <SearchInput
        label="Find a product"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {products.length === 0 && (
        <p className="text-sm text-muted">
          {q ? 'No product that you may read has this name.' : 'You may read no product yet.'}{' '}
          <Link className="link" href="/catalog">
            Find one in the catalogue
          </Link>{' '}
          and ask for access.
        </p>
      )}
      <ul className="flex flex-col divide-y">
        {products.map((product) => (
          <li key={product.address}>
            <ProductEntry product={product} onInsert={onInsert} />
          </li>
        ))}
      </ul>
      {hasMore && <p className="text-sm text-subtle">There are more. Search by name.</p>}
    </div>
  );
}

function ProductEntry({
  product,
  onInsert,
}: {
  product: QueryableProduct;
  onInsert: SchemaBrowserProps['onInsert'];
}) {
  return (
    <div className="flex items-start gap-1 py-1.5">
      <details className="min-w-0 flex-1">
        <summary className="cursor-pointer rounded-sm py-1 text-sm">
          <span className="font-mono break-all">{product.reference}</span>
          {product.isNarrowed && (
            <span className="ml-1.5">
              <Badge>part</Badge>
            </span>
          )}
        </summary>
        <p className="pt-1 pl-4 text-sm text-muted">
          <Link className="link" href={`/products/${product.address}`}>
            {product.title}
          </Link>
        </p>
        <ul className="pt-1 pb-2 pl-4" aria-label={`Columns of ${product.reference}`}>
          {product.columns.map(({ name, type, description }) => (
            <li key={name}>
              <button
                type="button"
                title={description ?? undefined}
                onClick={() => onInsert(quoted(name))}
                className="flex w-full items-baseline justify-between gap-2 rounded-sm px-1 py-0.5 text-left font-mono text-xs hover:bg-hover"
              >
                <span className="min-w-0 break-all">{name}</span>
                <span className="shrink-0 text-subtle">{type}</span>
              </button>
            </li>
          ))}
        </ul>
      </details>
      <IconButton
        size="sm"
        label={`Put ${product.reference} into the statement`}
        icon={<Plus />}
        onClick={() => onInsert(product.reference)}
      />
    </div>
  );
}
