'use client';

import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ApiError, fetchJson } from '@/components/products/fetch-json';
import type { ColumnLineage, Impact, MeshLineage, ProductLineage } from '@/lib/lineage';
import type { LineageState } from './lineage-state';
import { type Graph, graphOf, graphOfColumns, graphOfMesh } from './model';

const FRESH_MS = 60_000;

interface Shown {
  graph: Graph | undefined;
  /** Products within reach that are not given. */
  more: number;
  /** Jobs outside the portal that are not given. */
  moreJobs: number;
  columns: string[];
  columnAnswer: ColumnLineage | undefined;
  alone: number;
  error: ApiError | null;
  retry: () => void;
}

const get = <T>(path: string) => ({
  queryKey: ['lineage', path],
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchJson<T>(`/api/v1${path}`, signal),
  staleTime: FRESH_MS,
  placeholderData: keepPreviousData as never,
});

/** The graph that the state asks for, through the same public API as everybody's. */
export function useLineage(state: LineageState): Shown {
  const { focus, column, depth, direction, domain } = state;
  const mesh = useQuery<MeshLineage, ApiError>({
    ...get<MeshLineage>(`/lineage${domain ? `?domain=${encodeURIComponent(domain)}` : ''}`),
    enabled: focus === null,
  });
  const asked = focus
    ? [
        `/products/${focus}/lineage?depth=${depth}&direction=${direction}`,
        ...state.opened.map((one) => `/products/${one}/lineage?depth=1`),
      ]
    : [];
  const answers = useQueries({
    queries: asked.map((path) => get<ProductLineage>(path)),
    combine: (all) => ({
      data: all[0]?.data ? all.flatMap(({ data }) => data ?? []) : undefined,
      error: all.find(({ error }) => error)?.error ?? null,
      retry: () => all.forEach((one) => void one.refetch()),
    }),
  });
  const path = useQuery<ColumnLineage, ApiError>({
    ...get<ColumnLineage>(
      `/products/${focus}/lineage/columns?column=${encodeURIComponent(column ?? '')}`,
    ),
    enabled: focus !== null && column !== null,
  });
  const graph = useMemo(() => {
    if (focus === null) return mesh.data && graphOfMesh(mesh.data);
    if (column !== null) return path.data && graphOfColumns(path.data);
    return answers.data && graphOf(answers.data);
  }, [focus, column, mesh.data, path.data, answers.data]);
  return {
    graph,
    more: focus === null ? (mesh.data?.more ?? 0) : (answers.data?.[0]?.more ?? 0),
    moreJobs: focus && column === null ? (answers.data?.[0]?.external.more ?? 0) : 0,
    columns: answers.data?.[0]?.columns ?? [],
    columnAnswer: column === null ? undefined : path.data,
    alone: focus === null ? (mesh.data?.alone ?? 0) : 0,
    error: (mesh.error ?? answers.error ?? path.error) as ApiError | null,
    retry: () => {
      if (focus === null) void mesh.refetch();
      else answers.retry();
      if (column !== null) void path.refetch();
    },
  };
}

export function useImpact(address: string, column: string | null) {
  const query = column ? `?column=${encodeURIComponent(column)}` : '';
  return useQuery<Impact, ApiError>(get<Impact>(`/products/${address}/lineage/impact${query}`));
}
