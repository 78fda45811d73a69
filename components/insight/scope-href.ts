import { hrefWith } from '@/components/ui/href';

export interface InsightScope {
  range: string;
  domain?: string | undefined;
  product?: string | undefined;
  /** What the viewer owns. */
  mine?: 'yes' | undefined;
  /** What the period is compared with; without it, the one before. */
  compare?: string | undefined;
  /** Days of one's own instead of the range. */
  from?: string | undefined;
  to?: string | undefined;
  /** Why days that the address says are not shown. */
  problem?: string | undefined;
}

const PATH = '/insight';

/** A page of insight, of a scope; what is usual is left out. */
export function scopedHref(path: string, scope: InsightScope, page?: number): string {
  const { range, domain = null, product = null, mine = null, compare, from, to } = scope;
  const hasDays = Boolean(from && to);
  return hrefWith(
    path,
    {},
    {
      ...{ domain, product, mine },
      range: range === '30d' || hasDays ? null : range,
      compare: !compare || compare === 'previous' ? null : compare,
      from: hasDays ? from! : null,
      to: hasDays ? to! : null,
      page: page ? String(page) : null,
    },
  );
}

/** The overview, or a metric and a page of its rows, of a scope. */
export const insightHref = (scope: InsightScope, metric?: string, page?: number): string =>
  scopedHref(metric ? `${PATH}/metrics/${metric}` : PATH, scope, page);

/** The same of the API. */
export function apiHref(scope: InsightScope, metric: string, part: string): string {
  return scopedHref(`/api/v1/insight/metrics/${metric}/${part}`, scope);
}

/** A chart of a dashboard as a file. */
export const chartHref = (scope: InsightScope, dashboard: string, chart: string): string =>
  scopedHref(`/api/v1/insight/dashboards/${dashboard}/charts/${chart}/points.csv`, scope);
