import { Tabs } from '@/components/ui/tabs';

/** The dashboards, one line each, in the order in which a leader reads them. */
const DASHBOARDS = [
  { href: '/insight', label: 'Overview' },
  { href: '/insight/cost', label: 'Cost' },
  { href: '/insight/scorecards', label: 'Scorecards' },
  { href: '/insight/campaigns', label: 'Campaigns' },
];

/** Leads from one dashboard to the next; `current` is the path of the one shown. */
export function InsightNav({ current }: { current: string }) {
  return <Tabs label="Dashboards" className="mb-4" current={current} items={DASHBOARDS} />;
}
