'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CopyButton } from '@/components/ui/copy-button';
import { DataGrid } from '@/components/ui/data-grid';
import { formatCell } from '@/components/ui/format-cell';
import type { QueryHead } from '@/lib/workbench';
import type { Result } from './use-query';

const PAGE = 100;
const count = (rows: number, word: string) =>
  `${rows.toLocaleString('en')} ${word}${rows === 1 ? '' : 's'}`;

/** Columns of one name are told apart by a number. */
function gridColumns(columns: QueryHead['columns']) {
  const seen = new Map<string, number>();
  return columns.map(({ name, type }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times === 1 ? name : `${name} (${times})`, type };
  });
}

/** Rows as they come, a hundred at a time. */
export function Results({ result }: { result: Result }) {
  const [at, setAt] = useState(0);
  const { head, rows, end } = result;
  if (!head) return null;
  const columns = gridColumns(head.columns);
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  const page = Math.min(at, last);
  const shown = rows.slice(page * PAGE, (page + 1) * PAGE);
  const tsv = () =>
    [columns.map(({ name }) => name), ...shown.map((row) => row.map(cellText))]
      .map((cells) => cells.join('\t'))
      .join('\n');
  return (
    <div className="flex flex-col gap-3">
      {end?.cutBy && (
        <Callout tone="warn" title={`Only the first ${count(rows.length, 'row')} are here`}>
          {end.cutBy === 'rows'
            ? 'A result is shown up to that number. Aggregate, filter, or download it.'
            : 'The rest is too large to show. Select fewer columns, or download it.'}
        </Callout>
      )}
      <DataGrid
        caption="Result of the query"
        columns={columns}
        rows={shown.map((row) =>
          Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])),
        )}
        firstRow={page * PAGE + 1}
        maxHeight="60vh"
      />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="tabular text-sm text-muted">
          {rows.length === 0
            ? 'No rows.'
            : `${(page * PAGE + 1).toLocaleString('en')}–${(page * PAGE + shown.length).toLocaleString('en')} of ${count(rows.length, 'row')}${end?.cutBy ? ' shown' : ''}`}
        </p>
        <div className="flex flex-wrap gap-2">
          {shown.length > 0 && <CopyButton text={tsv()} label="Copy these rows" showLabel />}
          {last > 0 && (
            <>
              <Button
                size="sm"
                icon={<ChevronLeft />}
                disabled={page === 0}
                onClick={() => setAt(page - 1)}
              >
                Previous
              </Button>
              <Button size="sm" disabled={page === last} onClick={() => setAt(page + 1)}>
                Next
                <ChevronRight aria-hidden />
              </Button>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** A tab or a line's end would be a cell or a row of its own where it is pasted. */
const cellText = (value: unknown) => {
  const { text, isNull } = formatCell(value);
  return isNull ? '' : text.replace(/[\t\r\n]+/g, ' ');
};
