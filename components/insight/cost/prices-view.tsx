import { Coins } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { CostModelView } from '@/lib/insight';
import { numberText } from '@/lib/insight/words';
import { PRICE_WORDS } from './price-words';
import { PricesForm } from './prices-form';

/** What a unit costs, what it cost before, and the form that sets it. */
export function PricesView({ model, today }: { model: CostModelView; today: string }) {
  const { versions, mayEdit } = model;
  return (
    <>
      <PageHeader
        title="Prices"
        description="What a unit of the platform costs. A day costs what the newest version says that is in force on it."
        crumbs={[{ label: 'Cost', href: '/insight/cost' }, { label: 'Prices' }]}
      />
      <div className="flex flex-col gap-6">
        <Card flush title="Versions" description="Newest first. None is ever changed.">
          <Versions model={model} />
        </Card>
        {mayEdit && (
          <Card
            title={versions.length > 0 ? 'Set other prices' : 'Set prices'}
            description="See what they make of the last 30 days before you save them. They are kept for good, with your name and reason."
          >
            <PricesForm key={versions[0]?.number ?? 0} last={versions[0] ?? null} today={today} />
          </Card>
        )}
      </div>
    </>
  );
}

function Versions({ model: { versions, current, mayEdit } }: { model: CostModelView }) {
  return (
    <Table
      caption="Versions of the prices, newest first"
      rows={versions}
      rowKey={(version) => String(version.number)}
      empty={
        <EmptyState
          icon={<Coins />}
          title="No prices are set"
          description={
            mayEdit
              ? 'Fill in the form below. Nothing costs anything until then.'
              : 'A platform administrator sets them. Nothing costs anything until then.'
          }
        />
      }
      columns={[
        {
          key: 'from',
          header: 'From',
          rowHeader: true,
          cell: (row) => (
            <>
              {row.from.slice(0, 10)}
              {row.number === current?.number && (
                <span className="block text-sm font-normal text-muted">in force</span>
              )}
            </>
          ),
        },
        { key: 'reason', header: 'Reason', className: 'min-w-52', cell: (row) => row.reason },
        { key: 'currency', header: 'Currency', cell: (row) => row.currency },
        ...PRICE_WORDS.map(({ name, short }) => ({
          key: name,
          header: short,
          align: 'right' as const,
          cell: (row: CostModelView['versions'][number]) => numberText(row[name]),
        })),
        { key: 'by', header: 'By', cell: (row) => row.by ?? 'Portolan' },
        { key: 'at', header: 'Set', cell: (row) => <RelativeTime at={row.at} /> },
      ]}
    />
  );
}
