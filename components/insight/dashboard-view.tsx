import { PageHeader } from '@/components/ui/page-header';
import type { Dashboard } from '@/lib/insight';
import { Charts } from './charts';
import { InsightNav } from './insight-nav';
import { MetricCards } from './insight-view';
import { RankTable } from './rank-table';
import { RangeTabs, scopeCrumbs, scopeWords } from './scope-bar';
import { type InsightScope, scopedHref } from './scope-href';

/** One dashboard: figures, their course, and what needs most attention. */
export function DashboardView({ scope, dashboard }: { scope: InsightScope; dashboard: Dashboard }) {
  const { id, title, about, period, metrics, ranks } = dashboard;
  const path = scopedHref(`/insight/${id}`, { range: '30d' });
  return (
    <>
      <PageHeader
        title={title}
        description={`${about} Of ${scopeWords(scope)}, as far as you may find it.`}
        crumbs={scopeCrumbs(scope, title)}
      />
      <InsightNav current={path} scope={scope} />
      <RangeTabs scope={scope} path={path} period={period} />
      <div className="flex flex-col gap-6">
        <MetricCards scope={scope} metrics={metrics} />
        <Charts scope={scope} dashboard={dashboard} />
        {ranks.map((rank) => (
          <RankTable key={rank.id} rank={rank} />
        ))}
      </div>
    </>
  );
}
