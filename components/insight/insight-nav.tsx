import { Tabs } from '@/components/ui/tabs';
import { DASHBOARDS } from './dashboards';
import { type InsightScope, scopedHref } from './scope-href';

interface InsightNavProps {
  /** The path of the dashboard that is shown. */
  current: string;
  /** What the dashboards are about; without it, the mesh. */
  scope?: InsightScope;
}

/** Leads from one dashboard to the next, about the same. */
export function InsightNav({ current, scope = { range: '30d' } }: InsightNavProps) {
  return (
    <Tabs
      label="Dashboards"
      className="mb-4"
      current={scopedHref(current, scope)}
      items={DASHBOARDS.map(({ href, label }) => ({ href: scopedHref(href, scope), label }))}
    />
  );
}
