import { Table } from '@/components/ui/table';
import type { CostPreview } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';
import { KIND_WORDS } from './price-words';

/** What other prices make of the last 30 days. */
export function PricesPreview({ preview }: { preview: CostPreview }) {
  const { kinds, before, after, days } = preview;
  const text = (value: number) => figureText(value, preview.currency as Uppercase<string>);
  const rows = [
    ...kinds.map(({ kind, ...one }) => ({ name: KIND_WORDS[kind], ...one })),
    { name: 'All together', before, after },
  ];
  return (
    <section aria-label="What they change" className="overflow-hidden rounded-md border">
      <p className="bg-sunken px-5 py-3 text-sm text-muted">
        {days.changed === 0
          ? 'Nothing of the last 30 days changes.'
          : `${days.changed} of the last 30 days get these prices.`}
        {days.unpriced > 0 && ` ${days.unpriced} have none, and stay out of every figure.`}
      </p>
      <Table
        caption="The last 30 days before and after"
        rows={rows}
        rowKey={(row) => row.name}
        columns={[
          { key: 'name', header: 'Last 30 days', rowHeader: true, cell: (row) => row.name },
          { key: 'before', header: 'As it is', align: 'right', cell: (row) => text(row.before) },
          { key: 'after', header: 'With these', align: 'right', cell: (row) => text(row.after) },
        ]}
      />
    </section>
  );
}
