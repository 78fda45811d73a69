import { Download } from 'lucide-react';
import Link from 'next/link';
import { FileLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { Chart, FactRow, Marks, MetricDetail, Part } from '@/lib/insight';
import { figureText, numberText, tooLittle } from '@/lib/insight/words';
import { ChartCard } from './chart-card';
import { Computed } from './computed';
import { TargetLine, TrendLine } from './insight-view';
import { figureColumns } from './part-columns';
import { dayText } from './period-words';
import { RangeTabs, scopeCrumbs, scopeWords } from './scope-bar';
import { apiHref, type InsightScope, insightHref } from './scope-href';
import { ShareDialog } from './share-dialog';
import { TargetDialog } from './target-dialog';

interface MetricViewProps {
  scope: InsightScope;
  detail: MetricDetail;
  chart: Chart;
  happened: Marks;
  rows: FactRow[];
  page: number;
  hasMore: boolean;
  mayShare: boolean;
}

/** One metric: its figure, over time, taken apart, how it is computed, and the rows behind it. */
export function MetricView(props: MetricViewProps) {
  const { scope, detail, chart, happened, rows, page, hasMore, mayShare } = props;
  const { metric, value, sample } = detail;
  const path = insightHref(scope, metric.id);
  return (
    <>
      <PageHeader
        title={metric.title}
        description={`Of ${scopeWords(scope)}, as far as you may find it.`}
        crumbs={scopeCrumbs(scope, metric.title)}
        actions={
          <>
            {mayShare && <ShareDialog scope={scope} metric={metric} />}
            {detail.maySetTarget && <TargetDialog detail={detail} domain={scope.domain} />}
          </>
        }
      />
      <RangeTabs scope={scope} metric={metric.id} period={detail.period} />
      <div className="flex flex-col gap-6">
        <Card>
          <p className="tabular text-3xl font-semibold tracking-tight">
            {value === null ? tooLittle(detail) : figureText(value, metric.unit)}
          </p>
          <TrendLine figures={detail} />
          <TargetLine figures={detail} />
          <p className="mt-1 text-sm text-subtle">
            Rests on {sample.toLocaleString('en')} {metric.observations}.
          </p>
        </Card>
        {chart.ats.length > 0 && (
          <ChartCard
            isPlain
            {...{ chart, happened, period: detail.period, about: scopeWords(scope) }}
            csvHref={apiHref(scope, metric.id, 'points.csv')}
          />
        )}
        <Computed detail={detail} />
        {detail.targets.length > 0 && <Targets detail={detail} />}
        {detail.parts.length > 0 && <Parts detail={detail} scope={scope} />}
        <Card
          title="The rows behind it"
          description={`${sentence(metric.facts)} of the period, newest first.`}
          flush
          actions={
            rows.length > 0 && (
              <FileLink size="sm" href={apiHref(scope, metric.id, 'rows.csv')} icon={<Download />}>
                CSV
              </FileLink>
            )
          }
        >
          <Facts rows={rows} isFirstPage={page === 1} />
        </Card>
        <Pagination
          label="Pages of rows"
          firstHref={page > 1 ? path : null}
          nextHref={hasMore ? insightHref(scope, metric.id, page + 1) : null}
        />
      </div>
    </>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Targets({ detail }: { detail: MetricDetail }) {
  const { metric, targets } = detail;
  return (
    <Card title="Targets" description="What was set here, newest first." flush>
      <Table
        caption="Targets, newest first"
        rows={targets}
        rowKey={(target) => target.at}
        columns={[
          {
            key: 'at',
            header: 'Set',
            rowHeader: true,
            cell: (row) => <RelativeTime at={row.at} />,
          },
          {
            key: 'value',
            header: 'Target',
            align: 'right',
            cell: (row) => (row.value === null ? 'taken away' : figureText(row.value, metric.unit)),
          },
          { key: 'by', header: 'By', cell: (row) => row.by ?? 'Portolan' },
        ]}
      />
    </Card>
  );
}

function Parts({ detail, scope }: { detail: MetricDetail; scope: InsightScope }) {
  const { metric, parts } = detail;
  const kind = scope.domain || scope.mine ? 'product' : 'domain';
  const hrefOf = ({ address }: Part) => {
    const [domain, product] = address.split('/');
    return insightHref({ ...scope, mine: undefined, domain, product }, metric.id);
  };
  return (
    <Card title={`By ${kind}`} flush>
      <Table
        caption={`${metric.title} by ${kind}`}
        rows={parts}
        rowKey={(part) => part.address}
        columns={[
          {
            key: 'name',
            header: kind === 'domain' ? 'Domain' : 'Product',
            rowHeader: true,
            cell: (part) => (
              <Link href={hrefOf(part)} className="link">
                {part.title}
              </Link>
            ),
          },
          ...figureColumns(metric),
          {
            key: 'sample',
            header: 'Rests on',
            align: 'right',
            cell: (part) => part.sample.toLocaleString('en'),
          },
        ]}
      />
    </Card>
  );
}

/** A fact of a whole day stands at its first instant. */
const isOfDay = (at: string) => at.endsWith('T00:00:00.000Z');

function Facts({ rows, isFirstPage }: { rows: FactRow[]; isFirstPage: boolean }) {
  return (
    <Table
      caption="Rows behind the figure, newest first"
      rows={rows.map((row, at) => ({ ...row, at, when: row.at }))}
      rowKey={(row) => String(row.at)}
      empty={
        isFirstPage ? (
          <EmptyState
            title="Nothing in this period"
            description="Choose a longer time range, or look at the whole mesh."
          />
        ) : (
          <EmptyState
            title="No rows on this page"
            description="There are fewer. Go to the first page."
          />
        )
      }
      columns={[
        {
          key: 'when',
          header: 'When',
          rowHeader: true,
          cell: (row) => (isOfDay(row.when) ? dayText(row.when) : <RelativeTime at={row.when} />),
        },
        {
          key: 'product',
          header: 'Product',
          cell: (row) =>
            row.address === null ? (
              'The portal'
            ) : (
              <Link href={`/products/${row.address}`} className="link">
                {row.title}
              </Link>
            ),
        },
        { key: 'label', header: 'What', className: 'min-w-44', cell: (row) => row.label },
        {
          key: 'num',
          header: 'Counts',
          align: 'right',
          cell: (row) =>
            row.den === null ? short(row.num) : `${short(row.num)} of ${short(row.den)}`,
        },
      ]}
    />
  );
}

const short = (value: number) =>
  value !== 0 && Math.abs(value) < 0.01
    ? numberText(value)
    : value.toLocaleString('en', { maximumFractionDigits: 3 });
