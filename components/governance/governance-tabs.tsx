import { Tabs } from '@/components/ui/tabs';

const ITEMS = [
  { href: '/governance', label: 'Overview' },
  { href: '/governance/policies', label: 'Policies' },
  { href: '/governance/effective', label: 'Effective policy' },
  { href: '/governance/rules', label: 'Rules' },
  { href: '/governance/checks', label: 'Scorecard checks' },
  { href: '/governance/waivers', label: 'Waivers' },
  { href: '/governance/tags', label: 'Tags' },
  { href: '/governance/compliance', label: 'Compliance' },
  { href: '/governance/violations', label: 'Violations' },
  { href: '/governance/incidents', label: 'Incidents' },
  { href: '/governance/retention', label: 'Retention' },
  { href: '/governance/privacy', label: 'Privacy' },
  { href: '/governance/reports', label: 'Reports' },
  { href: '/governance/playground', label: 'Playground' },
  { href: '/governance/audit', label: 'Audit' },
] as const;
export type GovernanceHref = (typeof ITEMS)[number]['href'];

/** One place for governance: below the header of each of its pages. */
export function GovernanceTabs({ current }: { current: GovernanceHref }) {
  return <Tabs label="Governance pages" items={[...ITEMS]} current={current} className="mb-6" />;
}
