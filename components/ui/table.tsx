import type { ReactNode } from 'react';
import { cn } from './cn';

interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'left' | 'right';
  /** The cell that names its row, read as the row's heading. */
  rowHeader?: boolean;
  className?: string;
}

interface TableProps<Row> {
  /** Says what the table holds; hidden unless `showCaption`. */
  caption: string;
  showCaption?: boolean;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Shown in place of the body when there are no rows. */
  empty?: ReactNode;
  /** CSS height above which the table scrolls by itself under its sticky header. */
  maxHeight?: string;
  className?: string;
}

/** Scrolls inside itself when it is wider than its place, so that the page never does. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, showCaption, columns, rows, rowKey, empty, maxHeight, className } = props;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and the keyboard
    <div
      role="region"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrows
      tabIndex={0}
      // Relative, or text for screen readers in far cells would widen the page.
      className={cn('relative w-full overflow-auto -outline-offset-2', className)}
      style={{ maxHeight }}
    >
      <table className="w-full border-separate border-spacing-0 text-base">
        <caption className={showCaption ? 'px-5 py-2 text-left text-sm text-muted' : 'sr-only'}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cn(
                  'sticky top-0 z-1 border-b bg-surface px-5 py-2.5 text-xs font-medium whitespace-nowrap text-subtle',
                  column.align === 'right' ? 'text-right' : 'text-left',
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {rows.map((row) => (
            <tr key={rowKey(row)} className="hover:bg-hover/50">
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const className = cn(
    'border-b px-5 py-2.5 align-middle',
    column.align === 'right' ? 'tabular text-right' : 'text-left',
    column.className,
  );
  if (!column.rowHeader) return <td className={className}>{column.cell(row)}</td>;
  return (
    <th scope="row" className={cn('min-w-40', className, 'font-medium')}>
      {column.cell(row)}
    </th>
  );
}
