import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';
import type { IncidentRow, LatestQuality, QualityHistory } from '@/lib/quality';
import type { ProductPage } from '@/lib/serving';
import { countText } from '../products/labels';
import { HistoryCharts } from './history-charts';
import { IncidentsTable } from './incidents-table';
import { PrintButton } from './print-button';
import { RulesTable } from './rules-table';
import { ScoreStats } from './score-stats';

interface ReportViewProps {
  page: ProductPage;
  latest: LatestQuality | null;
  history: QualityHistory;
  incidents: IncidentRow[];
  madeAt: string;
}

const EXACT = new Intl.DateTimeFormat('en', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});
const exact = (at: string) => `${EXACT.format(new Date(at))} UTC`;

/** All that is known of a product's quality on one page, made to be printed. */
export function ReportView({ page, latest, history, incidents, madeAt }: ReportViewProps) {
  const address = `${page.domain}/${page.name}`;
  return (
    <article className="quality-report">
      <PageHeader
        title={`Quality of ${page.title}`}
        description={page.description}
        crumbs={[
          { label: 'Catalogue', href: '/catalog' },
          { label: page.title, href: `/products/${address}` },
          { label: 'Quality', href: `/products/${address}/quality` },
          { label: 'Report' },
        ]}
        meta={
          <>
            <span className="font-mono">{address}</span>
            <span>Version {page.version}</span>
            <span>Owned by {page.ownerName}</span>
            {page.snapshot && <span>{countText(page.snapshot.rowCount)} rows</span>}
            <span>Made {exact(madeAt)}</span>
          </>
        }
        actions={<PrintButton />}
      />
      {!latest ? (
        <EmptyState
          title="Not measured yet"
          description="The first run of the rules fills this page."
        />
      ) : (
        <div className="flex flex-col gap-6">
          <p>
            {summaryOf(latest)} Measured {exact(latest.finishedAt ?? latest.startedAt)}
            {latest.totalRows !== null && ` over ${countText(latest.totalRows)} rows`}.
          </p>
          <ScoreStats dimensions={history.dimensions} />
          {history.anomalies.map((anomaly) => (
            <p key={anomaly.kind}>Unusual: {anomaly.message}</p>
          ))}
          {incidents.length > 0 && (
            <Card title="Open incidents" flush>
              <IncidentsTable incidents={incidents} address={address} />
            </Card>
          )}
          <Card title="Rules" flush>
            <RulesTable results={latest.results} canManage={false} />
          </Card>
          <HistoryCharts history={history} />
        </div>
      )}
    </article>
  );
}

function summaryOf({ results }: LatestQuality): string {
  const met = results.filter((result) => result.passed).length;
  return `${met} of ${results.length} rules are met.`;
}
