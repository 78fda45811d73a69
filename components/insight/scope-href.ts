import { hrefWith } from '@/components/ui/href';

export interface InsightScope {
  range: string;
  domain?: string | undefined;
  product?: string | undefined;
}

const PATH = '/insight';

/** The overview, or a metric and a page of its rows, of a scope; the usual range is left out. */
export function insightHref(scope: InsightScope, metric?: string, page?: number): string {
  const { range, domain = null, product = null } = scope;
  const path = metric ? `${PATH}/metrics/${metric}` : PATH;
  return hrefWith(
    path,
    {},
    {
      ...{
        domain,
        product,
        range: range === '30d' ? null : range,
        page: page ? String(page) : null,
      },
    },
  );
}

/** The same of the API. */
export function apiHref(scope: InsightScope, metric: string, part: string): string {
  const [, query = ''] = insightHref(scope, metric).split('?');
  return `/api/v1/insight/metrics/${metric}/${part}${query && `?${query}`}`;
}
