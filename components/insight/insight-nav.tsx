import { Tabs } from '@/components/ui/tabs';
import { type InsightScope, scopedHref } from './scope-href';

/** The dashboards, one line each, in the order in which a leader reads them. */
const DASHBOARDS = [
  { href: '/insight', label: 'Overview' },
  { href: '/insight/value', label: 'Business value' },
  { href: '/insight/slos', label: 'SLOs' },
  { href: '/insight/quality', label: 'Quality' },
  { href: '/insight/cost', label: 'Cost' },
  { href: '/insight/compliance', label: 'Compliance' },
  { href: '/insight/scorecards', label: 'Scorecards' },
  { href: '/insight/campaigns', label: 'Campaigns' },
  { href: '/insight/satisfaction', label: 'Satisfaction' },
  { href: '/insight/shares', label: 'Share links' },
  { href: '/insight/digests', label: 'By e-mail' },
];

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
