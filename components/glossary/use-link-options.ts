'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useSuggestions } from '@/components/catalog/use-suggestions';
import { fetchJson } from '@/components/products/fetch-json';
import type { ListOption } from '@/components/ui/option-list';
import type { TermPage } from '@/lib/glossary';

const MAX_SHOWN = 8;

/** Products that may be meant, by their addresses. */
export function useProductOptions(text: string): ListOption[] {
  return useSuggestions(text)
    .filter(({ group }) => group === 'Products')
    .map(({ group, title, detail = '' }) => ({ key: detail, group, title, detail }));
}

/** Columns of the product at an address whose names hold the text; none while it is no address. */
export function useColumnOptions(product: string, text: string): ListOption[] {
  const address = useDeferredValue(product.trim());
  const { data } = useQuery({
    queryKey: ['product-columns', address],
    queryFn: ({ signal }) =>
      fetchJson<{ schema: { name: string; type: string }[] }>(
        `/api/v1/data/${address.split('/').map(encodeURIComponent).join('/')}/metadata`,
        signal,
      ),
    enabled: /^[^/]+\/[^/]+$/.test(address),
    retry: false,
  });
  const typed = text.trim().toLowerCase();
  return (data?.schema ?? [])
    .filter(({ name }) => name.toLowerCase().includes(typed))
    .slice(0, MAX_SHOWN)
    .map(({ name, type }) => ({ key: name, group: 'Columns', title: name, detail: type }));
}

/** Terms that may be meant, by their names. */
export function useTermOptions(text: string): ListOption[] {
  const typed = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ['glossary-terms', typed],
    queryFn: ({ signal }) =>
      fetchJson<TermPage>(`/api/v1/glossary?${new URLSearchParams({ q: typed })}`, signal),
    enabled: typed !== '',
    placeholderData: keepPreviousData,
  });
  if (typed === '' || !data) return [];
  return data.items.slice(0, MAX_SHOWN).map(({ name, synonyms }) => ({
    ...{ key: name, group: 'Terms', title: name },
    ...(synonyms.length > 0 && { detail: synonyms.join(', ') }),
  }));
}
