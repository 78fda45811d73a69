import { Tabs } from '@/components/ui/tabs';
import { type InsightScope, insightHref } from './scope-href';

export const RANGES = { '7d': '7 days', '30d': '30 days', '90d': '90 days', '365d': 'A year' };

/** How far back the figures look. */
export function RangeTabs({ scope, metric }: { scope: InsightScope; metric?: string }) {
  return (
    <Tabs
      label="Time range"
      className="mb-4"
      current={insightHref(scope, metric)}
      items={Object.entries(RANGES).map(([range, label]) => ({
        href: insightHref({ ...scope, range }, metric),
        label,
      }))}
    />
  );
}

/** Where this is: the mesh, a domain, a product. */
export function scopeCrumbs(scope: InsightScope, last?: string) {
  const { domain, product, range } = scope;
  return [
    { label: 'Insight', href: insightHref({ range }) },
    ...(domain ? [{ label: domain, href: insightHref({ range, domain }) }] : []),
    ...(domain && product ? [{ label: product, href: insightHref(scope) }] : []),
    ...(last ? [{ label: last }] : []),
  ];
}

export const scopeWords = ({ domain, product }: InsightScope): string =>
  product ? `${domain}/${product}` : domain ? `the domain ${domain}` : 'the mesh';
