'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { fetchJson } from '@/components/products/fetch-json';
import type { CatalogSuggestion } from '@/lib/catalog';

/** The products that what has been typed so far may mean. */
export function useSuggestions(text: string): CatalogSuggestion[] {
  const typed = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ['catalog-suggest', typed],
    queryFn: ({ signal }) =>
      fetchJson<{ suggestions: CatalogSuggestion[] }>(
        `/api/v1/catalog/suggest?q=${encodeURIComponent(typed.slice(0, 200))}`,
        signal,
      ),
    enabled: typed.length >= 2,
    placeholderData: keepPreviousData,
  });
  return typed.length >= 2 ? (data?.suggestions ?? []) : [];
}
