/** The dashboards, one line each, in the order in which a leader reads them. */
export const DASHBOARDS = [
  { href: '/insight', label: 'Overview' },
  { href: '/insight/value', label: 'Value' },
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
