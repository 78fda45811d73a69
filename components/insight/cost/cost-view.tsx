import { Coins, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink, FileLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';
import type { CostBoard, Duplicate, MetricWords, UnusedProduct } from '@/lib/insight';
import { InsightNav } from '../insight-nav';
import { MetricCard } from '../insight-view';
import { RangeTabs, scopeWords } from '../scope-bar';
import { apiHref, type InsightScope } from '../scope-href';
import { CostCourse } from './cost-course';
import { COST_PATH, costHref, costListHref } from './cost-href';
import { Dearest, Forecasted, KindsTable, PartsTable } from './cost-tables';
import { DuplicateList } from './duplicate-list';
import { UnusedTable } from './unused-table';

interface CostViewProps {
  scope: InsightScope;
  board: CostBoard;
  unused: ReactNode;
  duplicates: { duplicates: Duplicate[]; total: number };
}

const SHOWN = 5;

/** What the mesh or a domain costs, what it consists of, and what could be spared. */
export function CostView({ scope, board, unused, duplicates }: CostViewProps) {
  const { model, period, total, others } = board;
  const { domain } = scope;
  return (
    <>
      <PageHeader
        title="Cost"
        description={`What the products of ${scopeWords(scope)} that you may find cost, by the prices that the platform team set.`}
        crumbs={domain ? crumbsOf(scope) : undefined}
        actions={
          <>
            <ButtonLink href="/insight/cost/prices" icon={<Coins />}>
              Prices
            </ButtonLink>
            <FileLink href={apiHref(scope, 'data_cost', 'points.csv')} icon={<Download />}>
              CSV
            </FileLink>
          </>
        }
      />
      <InsightNav current={COST_PATH} scope={scope} />
      <RangeTabs scope={scope} path={COST_PATH} period={period} />
      <div className="flex flex-col gap-6">
        {model.versions.length === 0 ? (
          <NoPrices mayEdit={model.mayEdit} />
        ) : (
          <>
            <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
              {[total, ...others].map((figures) => (
                <MetricCard key={figures.metric.id} figures={figures} scope={scope} />
              ))}
            </ul>
            <CostCourse board={board} />
            <div className="grid items-start gap-6 xl:grid-cols-2">
              <KindsTable board={board} scope={scope} />
              <Forecasted board={board} />
              <PartsTable board={board} scope={scope} />
              {!domain && <Dearest board={board} scope={scope} />}
            </div>
          </>
        )}
        {unused}
        <Alike duplicates={duplicates} domain={domain} />
      </div>
    </>
  );
}

const crumbsOf = ({ domain, ...mesh }: InsightScope) => [
  { label: 'Cost', href: costHref(mesh) },
  { label: domain! },
];

function NoPrices({ mayEdit }: { mayEdit: boolean }) {
  return (
    <Card>
      <EmptyState
        icon={<Coins />}
        title="No prices are set"
        description={
          mayEdit
            ? 'Say what a gigabyte and an hour cost you. Portolan has no prices of its own; what products take of the platform is measured all the same.'
            : 'Ask a platform administrator to set them. What products take of the platform is measured all the same.'
        }
        actions={
          mayEdit && (
            <ButtonLink href="/insight/cost/prices" variant="primary">
              Set prices
            </ButtonLink>
          )
        }
      />
    </Card>
  );
}

interface UnusedCardProps {
  unused: {
    products: UnusedProduct[];
    days: number;
    total: number;
    unit: MetricWords['unit'];
  };
  domain: string | undefined;
}

export function UnusedCard({ unused: { products, days, total, unit }, domain }: UnusedCardProps) {
  return (
    <Card
      flush
      title="Unused products"
      description={`Live for ${days} days or longer, read by nobody outside their domain in ${days} days, and no product is made from them.`}
      actions={
        total > 0 && (
          <ButtonLink size="sm" href={costListHref('unused', { domain: domain ?? null })}>
            All {total.toLocaleString('en')}
          </ButtonLink>
        )
      }
    >
      <UnusedTable products={products.slice(0, SHOWN)} days={days} unit={unit} />
    </Card>
  );
}

function Alike({
  duplicates: { duplicates, total },
  domain,
}: Pick<CostViewProps, 'duplicates'> & { domain: string | undefined }) {
  return (
    <Card
      flush
      title="Products that look alike"
      description="By their columns, and by their values where you may read the rows of both."
      actions={
        <ButtonLink size="sm" href={costListHref('duplicates', { domain: domain ?? null })}>
          {total > 0 ? `All ${total}` : 'Dismissed ones'}
        </ButtonLink>
      }
    >
      <DuplicateList duplicates={duplicates.slice(0, SHOWN)} />
    </Card>
  );
}
