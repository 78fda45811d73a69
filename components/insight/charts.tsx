import type { Dashboard } from '@/lib/insight';
import { ChartCard } from './chart-card';
import { scopeWords } from './scope-bar';
import { apiHref, chartHref, type InsightScope, insightHref, scopedHref } from './scope-href';

/** The charts of a dashboard, two beside each other where there is room. */
export function Charts({ scope, dashboard }: { scope: InsightScope; dashboard: Dashboard }) {
  const { id: place, period, charts, marks, counts } = dashboard;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      {charts.map((chart) => {
        const { id, isMetric, href } = chart;
        // Lists of governance know nothing of periods and scopes.
        const own = href?.startsWith('/insight') ? scopedHref(href, scope) : href;
        return (
          <ChartCard
            key={id}
            {...{ chart, period, about: scopeWords(scope), happened: { marks, counts } }}
            href={isMetric ? insightHref(scope, id) : (own ?? undefined)}
            csvHref={isMetric ? apiHref(scope, id, 'points.csv') : chartHref(scope, place, id)}
          />
        );
      })}
    </div>
  );
}
