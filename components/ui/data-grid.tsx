import type { ReactNode } from 'react';
import { cn } from './cn';
import { formatCell, isNumericType } from './format-cell';

interface GridColumn {
  name: string;
  type?: string;
  /** Shown beside the name, such as a Badge. */
  note?: ReactNode;
}

interface DataGridProps {
  caption: string;
  columns: readonly GridColumn[];
  rows: readonly Readonly<Record<string, unknown>>[];
  maxHeight?: string;
  /** Number of the first row shown, for pages after the first. */
  firstRow?: number;
  className?: string;
}

/** Rows of data as they are: numbers right-aligned, nulls marked, long values cut with a title. */
export function DataGrid(props: DataGridProps) {
  const { caption, columns, rows, maxHeight = '28rem', firstRow = 1, className } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and the keyboard
    <div
      role="region"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrows
      tabIndex={0}
      className={cn('w-full overflow-auto rounded-md border bg-surface', className)}
      style={{ maxHeight }}
    >
      <table className="min-w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={cn(headCell, 'left-0 z-2 w-10 text-right text-subtle')}>
              <span className="sr-only">Row</span>#
            </th>
            {columns.map((column) => (
              <GridHead key={column.name} column={column} />
            ))}
          </tr>
        </thead>
        <tbody className="font-mono text-xs leading-5">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: preview rows carry no key of their own
            <tr key={index} className="group">
              <th
                scope="row"
                className="sticky left-0 border-r border-b bg-sunken px-2 py-1 text-right font-normal text-subtle"
              >
                {firstRow + index}
              </th>
              {columns.map((column) => (
                <GridCell key={column.name} value={row[column.name]} type={column.type} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="px-4 py-6 text-sm text-muted">No rows.</p>}
    </div>
  );
}

const headCell =
  'sticky top-0 z-1 border-r border-b bg-sunken px-3 py-1.5 align-bottom font-medium whitespace-nowrap';

function GridHead({ column }: { column: GridColumn }) {
  return (
    <th
      scope="col"
      className={cn(headCell, isNumericType(column.type) ? 'text-right' : 'text-left')}
    >
      <span className="inline-flex items-center gap-1.5">
        {column.name}
        {column.note}
      </span>
      {column.type && (
        <span className="block font-mono text-xs font-normal text-subtle">{column.type}</span>
      )}
    </th>
  );
}

function GridCell({ value, type }: { value: unknown; type?: string }) {
  const { text, isNull, isNumeric } = formatCell(value, type);
  return (
    <td
      className={cn(
        'max-w-80 truncate border-r border-b px-3 py-1 group-hover:bg-hover/60',
        isNumeric && 'tabular text-right',
      )}
      title={text.length > 36 ? text : undefined}
    >
      {isNull ? <span className="text-subtle italic">null</span> : text}
    </td>
  );
}
