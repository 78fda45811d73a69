'use client';

import Form from 'next/form';
import { SearchInput } from '@/components/ui/search-input';

export function CatalogueSearch() {
  return (
    <Form action="/catalog" role="search" className="min-w-0 max-w-md flex-1">
      <SearchInput name="q" label="Search data products" slashFocus autoComplete="off" />
    </Form>
  );
}
