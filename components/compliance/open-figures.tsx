import { StatusBadge } from '@/components/ui/badge';
import type { OpenCount } from '@/lib/compliance';

const count = (value: number, word: string) =>
  `${value.toLocaleString('en-GB')} ${word}${value === 1 ? '' : 's'}`;

/** Errors and warnings that are not over, in words and colours. */
export function OpenFigures({ row }: { row: OpenCount }) {
  if (row.errors + row.warnings === 0) return <StatusBadge tone="ok">none</StatusBadge>;
  return (
    <span className="inline-flex flex-wrap justify-end gap-1.5">
      {row.errors > 0 && <StatusBadge tone="error">{count(row.errors, 'error')}</StatusBadge>}
      {row.warnings > 0 && <StatusBadge tone="warn">{count(row.warnings, 'warning')}</StatusBadge>}
    </span>
  );
}
