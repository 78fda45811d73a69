import { Table } from '@/components/ui/table';
import type { Difference } from '@/lib/audit';

/** What a change did, field by field. */
export function ChangesTable({ changes }: { changes: Difference[] }) {
  return (
    <div className="overflow-hidden rounded-lg border">
      <Table
        caption="What changed"
        rows={changes}
        rowKey={(row) => row.field}
        columns={[
          {
            key: 'field',
            header: 'Field',
            rowHeader: true,
            className: 'min-w-24 align-top',
            cell: (row) => wordsOf(row.field),
          },
          { key: 'before', header: 'Before', className: CELL, cell: (row) => text(row.before) },
          { key: 'after', header: 'After', className: CELL, cell: (row) => text(row.after) },
        ]}
      />
    </div>
  );
}

const CELL = 'min-w-24 max-w-72 align-top break-words whitespace-pre-wrap';

/** `spec.expiresAt` as “spec · expires at”. */
export function wordsOf(field: string): string {
  return field
    .split('.')
    .map((part) =>
      part
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .replaceAll('_', ' ')
        .toLowerCase(),
    )
    .join(' · ')
    .replace(/ is (?=\w+$)/, ' ')
    .replace(/^is /, '');
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A value in words; what was not there is a dash. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') {
    return ISO_TIME.test(value) ? `${value.slice(0, 10)} ${value.slice(11, 19)} UTC` : value;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const isFlat = value.every((item) => item === null || typeof item !== 'object');
    return isFlat ? value.join(', ') : JSON.stringify(value, null, 1);
  }
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value);
}

const text = (value: unknown) => {
  const words = valueText(value);
  return words === '–' ? <span className="text-subtle">–</span> : words;
};
