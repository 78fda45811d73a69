import { Download } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Tabs } from '@/components/ui/tabs';
import type { MetricWords, UnusedProduct } from '@/lib/insight';
import { costListHref } from './cost-href';
import { UnusedTable } from './unused-table';

interface UnusedViewProps {
  domain: string | undefined;
  /** The choices of days. */
  choices: readonly number[];
  days: number;
  products: UnusedProduct[];
  total: number;
  page: number;
  hasMore: boolean;
  unit: MetricWords['unit'];
}

/** Every product that nobody outside its domain uses. */
export function UnusedView(props: UnusedViewProps) {
  const { domain = null, choices, days, products, total, page, hasMore, unit } = props;
  const href = (changes: Record<string, string | null>) =>
    costListHref('unused', { domain, days: String(days), ...changes });
  return (
    <>
      <PageHeader
        title="Unused products"
        description={`${total.toLocaleString('en')} live for ${days} days or longer that nobody outside their domain read in ${days} days, and that no live product is made from.`}
        actions={
          <ButtonLink
            href={hrefWith('/api/v1/insight/cost/unused.csv', {}, { domain, days: String(days) })}
            icon={<Download />}
            prefetch={false}
          >
            CSV
          </ButtonLink>
        }
        crumbs={[{ label: 'Cost', href: '/insight/cost' }, { label: 'Unused products' }]}
      />
      <Tabs
        label="For how long"
        className="mb-4"
        current={href({})}
        items={choices.map((one) => ({ href: href({ days: String(one) }), label: `${one} days` }))}
      />
      <div className="flex flex-col gap-4">
        <Card flush>
          <UnusedTable products={products} days={days} unit={unit} />
        </Card>
        <Pagination
          firstHref={page > 1 ? href({}) : null}
          nextHref={hasMore ? href({ page: String(page + 1) }) : null}
        />
      </div>
    </>
  );
}
