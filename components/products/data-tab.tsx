'use client';

import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { DataGrid } from '@/components/ui/data-grid';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ErrorState } from '@/components/ui/states';
import type { SchemaField } from '@/lib/specs';
import { DataControls } from './data-controls';
import type { ApiError } from './fetch-json';
import { countText } from './labels';
import { tabHref } from './product-tabs';
import { type RowsView, rowsQuery } from './rows-url';
import { PREVIEW_ROWS, useRows } from './use-rows';

interface DataTabProps {
  address: string;
  fields: SchemaField[];
}

const EVERYTHING: RowsView = { columns: [], filters: [], order: null };

export function DataTab({ address, fields }: DataTabProps) {
  const [view, setView] = useState(EVERYTHING);
  /** The tokens of the pages gone through; the last is shown. */
  const [pages, setPages] = useState<string[]>([]);
  const rows = useRows(address, view, pages.at(-1) ?? null);
  const shown = fields.filter(
    (field) => view.columns.length === 0 || view.columns.includes(field.name),
  );
  function change(next: RowsView) {
    setPages([]);
    setView(next);
  }
  const isRefused = rows.error && rows.error.status !== 400;
  if (isRefused) return <Refusal error={rows.error} address={address} retry={rows.refetch} />;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <DataControls fields={fields} view={view} onChange={change} />
        <Downloads address={address} view={view} />
      </div>
      {rows.error && (
        <ErrorState
          title="The request is not understood"
          message={rows.error.message}
          onRetry={() => change(EVERYTHING)}
        />
      )}
      {rows.isPending && <SkeletonRows rows={10} label="Loading rows" />}
      {rows.data && !rows.error && (
        <div className={rows.isPlaceholderData ? 'opacity-60' : undefined}>
          <DataGrid
            caption={`Rows of ${address}`}
            columns={shown.map(({ name, type }) => ({ name, type }))}
            rows={rows.data.rows}
            firstRow={pages.length * PREVIEW_ROWS + 1}
            maxHeight="65vh"
          />
          <PageControls
            first={pages.length * PREVIEW_ROWS}
            count={rows.data.rows.length}
            total={rows.data.total}
            onBack={pages.length > 0 ? () => setPages(pages.slice(0, -1)) : undefined}
            onNext={
              rows.data.nextPage && !rows.isPlaceholderData
                ? () => setPages([...pages, rows.data.nextPage!])
                : undefined
            }
          />
        </div>
      )}
    </div>
  );
}

function Downloads({ address, view }: { address: string; view: RowsView }) {
  const hrefOf = (format: string, extra: Record<string, string>) =>
    `/api/v1/data/${address}/rows.${format}?${rowsQuery(view, { ...extra, download: 'true' })}`;
  return (
    <div className="flex flex-wrap gap-2">
      <a
        className="link inline-flex items-center gap-1.5 py-1.5"
        href={hrefOf('csv', { cells: 'safe' })}
        download
      >
        <Download className="size-4" aria-hidden /> CSV
      </a>
      <a
        className="link inline-flex items-center gap-1.5 py-1.5"
        href={hrefOf('parquet', {})}
        download
      >
        <Download className="size-4" aria-hidden /> Parquet
      </a>
    </div>
  );
}

interface PageControlsProps {
  first: number;
  count: number;
  total: number | undefined;
  onBack?: () => void;
  onNext?: () => void;
}

function PageControls({ first, count, total, onBack, onNext }: PageControlsProps) {
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
      <p className="tabular text-sm text-muted" aria-live="polite">
        {count === 0
          ? 'No rows match.'
          : `${countText(first + 1)}–${countText(first + count)}${total === undefined ? '' : ` of ${countText(total)}`}`}
      </p>
      <div className="flex gap-2">
        <Button size="sm" icon={<ChevronLeft />} disabled={!onBack} onClick={onBack}>
          Previous
        </Button>
        <Button size="sm" disabled={!onNext} onClick={onNext}>
          Next
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </div>
  );
}

interface RefusalProps {
  error: ApiError;
  address: string;
  retry: () => unknown;
}

/** What the API said, and the way on: asking for access, or trying again. */
function Refusal({ error, address, retry }: RefusalProps) {
  if (error.status === 403) {
    const policies = (error.problem.policies ?? []) as { id: string; title: string }[];
    return (
      <div>
        <ErrorState
          title="You may not read these rows"
          message={
            <>
              <p>{error.message}</p>
              {policies.length > 0 && (
                <p className="mt-2 text-sm">
                  Policy: {policies.map((policy) => policy.id).join(', ')}.
                </p>
              )}
            </>
          }
        />
        <div className="flex justify-center">
          <ButtonLink href={tabHref(address, 'access')} variant="primary">
            See who can give access
          </ButtonLink>
        </div>
      </div>
    );
  }
  return (
    <ErrorState
      title={error.status === 503 ? 'Not ready yet' : 'The rows could not be read'}
      message={error.message}
      reference={error.problem.requestId}
      onRetry={error.status === 410 ? undefined : () => void retry()}
    />
  );
}
