'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ApiError, fetchJson } from './fetch-json';
import { type RowsView, rowsQuery } from './rows-url';

export const PREVIEW_ROWS = 100;

interface RowsPage {
  rows: Record<string, unknown>[];
  nextPage: string | null;
  total?: number;
  snapshot: { id: string; number: number; createdAt: string };
}

/** One page of a product's rows, through the same public API as everybody's. */
export function useRows(address: string, view: RowsView, page: string | null) {
  const extra = { limit: String(PREVIEW_ROWS), count: 'exact', ...(page && { page }) };
  const query = rowsQuery(view, extra);
  return useQuery<RowsPage, ApiError>({
    queryKey: ['rows', address, query],
    queryFn: ({ signal }) => fetchJson<RowsPage>(`/api/v1/data/${address}/rows?${query}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
