'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DataGrid } from '@/components/ui/data-grid';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { RowsView } from '@/lib/quality';
import { fetchJson } from '../products/fetch-json';

interface ShowRowsProps {
  /** Below /api/v1. */
  path: string;
  title: string;
}

/** Shows some rows to who may read them; looking is a read that is written down, so it is asked for. */
export function ShowRows({ path, title }: ShowRowsProps) {
  const [isOpen, setOpen] = useState(false);
  const view = useQuery({
    queryKey: ['quality-rows', path],
    queryFn: ({ signal }) => fetchJson<RowsView>(`/api/v1${path}`, signal),
    enabled: isOpen,
    retry: false,
    staleTime: 0,
  });
  const columns = (view.data?.columns ?? []).map((name) => ({ name }));
  return (
    <Dialog
      title={title}
      description="Your look at these rows is in the audit log."
      size="lg"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Show rows</Button>}
    >
      {view.isPending && <Skeleton className="h-40" />}
      {view.error && (
        <Callout tone="warn" title="You cannot see these rows">
          {view.error.message}
        </Callout>
      )}
      {view.data?.note && <Callout title="They are gone">{view.data.note}</Callout>}
      {view.data && !view.data.note && (
        <DataGrid caption={title} columns={columns} rows={view.data.rows} />
      )}
    </Dialog>
  );
}
