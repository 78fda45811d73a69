'use client';

import { useQuery } from '@tanstack/react-query';
import { type ApiError, fetchJson } from '@/components/products/fetch-json';
import { ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DataGrid } from '@/components/ui/data-grid';
import { SkeletonRows } from '@/components/ui/skeleton';

interface RowsAnswer {
  rows: Record<string, unknown>[];
  columns: { name: string; type: string }[];
}

interface LiveRowsProps {
  address: string;
  /** A query string of the rows API. */
  query: string;
  caption: string;
}

/** Rows as the reader of the page gets them, with their own rights; or why not, and whom to ask. */
export function LiveRows({ address, query, caption }: LiveRowsProps) {
  const rows = useQuery<RowsAnswer, ApiError>({
    queryKey: ['rows', address, query],
    queryFn: ({ signal }) => fetchJson<RowsAnswer>(`/api/v1/data/${address}/rows?${query}`, signal),
    staleTime: 60_000,
  });
  if (rows.isPending) return <SkeletonRows rows={3} label="Loading rows" />;
  if (rows.error?.status === 403) {
    return (
      <Callout
        title="You may not read these rows"
        actions={
          <ButtonLink size="sm" href={`/products/${address}/access`}>
            See who can give access
          </ButtonLink>
        }
      >
        {rows.error.message}
      </Callout>
    );
  }
  if (rows.error) return <Callout tone="warn">{rows.error.message}</Callout>;
  const { rows: read, columns } = rows.data;
  return <DataGrid caption={caption} columns={columns} rows={read} maxHeight="24rem" />;
}
