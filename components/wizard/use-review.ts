'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { fetchJson } from '@/components/products/fetch-json';
import type { ReadyDraft } from '@/lib/documentation';

const keyOf = (draftId: string, rev: number | string) => ['draft-review', draftId, rev];
const load = (draftId: string) => fetchJson<ReadyDraft>(`/api/v1/drafts/${draftId}/review`);

/** The plan, the findings and what is to be mended, of the draft as it was saved last. */
export function useReview(draftId: string, savedRev: number) {
  return useQuery({
    queryKey: keyOf(draftId, savedRev),
    queryFn: () => load(draftId),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 0,
  });
}

/** Checks the draft once, for instance before the next screen. */
export function useCheck(draftId: string): () => Promise<ReadyDraft> {
  const client = useQueryClient();
  return useCallback(
    () =>
      client.fetchQuery({
        queryKey: keyOf(draftId, 'now'),
        queryFn: () => load(draftId),
        staleTime: 0,
      }),
    [client, draftId],
  );
}
