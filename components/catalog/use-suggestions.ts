'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { fetchJson } from '@/components/products/fetch-json';
import type { ListOption } from '@/components/ui/option-list';
import type { CatalogSuggestions } from '@/lib/catalog';

export interface Suggestion extends ListOption {
  href: string;
}

/** What may be meant by what has been typed so far: products, columns, tags, terms, owners and domains. */
export function useSuggestions(text: string): Suggestion[] {
  const typed = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ['catalog-suggest', typed],
    queryFn: ({ signal }) =>
      fetchJson<CatalogSuggestions>(
        `/api/v1/catalog/suggest?q=${encodeURIComponent(typed.slice(0, 200))}`,
        signal,
      ),
    enabled: typed.length >= 2,
    placeholderData: keepPreviousData,
  });
  return typed.length >= 2 && data ? suggestionsOf(data) : [];
}

const listed = (name: string, value: string) =>
  `/catalog?${new URLSearchParams({ [name]: value })}`;

function suggestionsOf(found: CatalogSuggestions): Suggestion[] {
  const rows: Omit<Suggestion, 'key'>[] = [
    ...found.products.map(({ domain, name, title, classification }) => ({
      ...{ group: 'Products', title, detail: `${domain}/${name}`, badge: classification },
      href: `/products/${domain}/${name}`,
    })),
    ...found.columns.map(({ name }) => ({
      ...{ group: 'Columns', title: name, href: listed('q', name) },
    })),
    ...found.tags.map(({ name }) => ({
      ...{ group: 'Tags', title: name, href: listed('tag', name) },
    })),
    ...found.terms.map(({ slug, name }) => ({
      ...{ group: 'Terms', title: name, href: `/glossary/${encodeURIComponent(slug)}` },
    })),
    ...found.people.map(({ name, email }) => ({
      ...{ group: 'Owners', title: name, detail: email, href: listed('owner', email) },
    })),
    ...found.domains.map(({ name, title }) => ({
      ...{ group: 'Domains', title, detail: name, href: `/domains/${name}` },
    })),
  ];
  return rows.map((row) => ({ ...row, key: `${row.group} ${row.href}` }));
}
