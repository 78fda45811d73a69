'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '@/components/products/fetch-json';
import type { SourceProduct } from '@/lib/products/source-products';

const SHOWN = 60;

/** The columns of an input, to write the statement with. */
export function InputColumns({ product }: { product: string }) {
  const { data } = useQuery({
    queryKey: ['draft-source', product],
    queryFn: ({ signal }) => fetchJson<SourceProduct>(`/api/v1/draft-sources/${product}`, signal),
    staleTime: 300_000,
  });
  if (!data) return null;
  const more = data.fields.length - SHOWN;
  return (
    <ul
      className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-sm"
      aria-label={`Columns of ${product}`}
    >
      {data.fields.slice(0, SHOWN).map(({ name, type }) => (
        <li key={name}>
          <span className="font-mono text-ink">{name}</span>{' '}
          <span className="text-subtle">{type}</span>
        </li>
      ))}
      {more > 0 && <li className="text-subtle">and {more} more</li>}
    </ul>
  );
}
