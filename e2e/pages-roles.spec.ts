import { inspect } from './support/inspect';
import { expect, test } from './support/test';
import { visitAs } from './support/visit';
import { watch } from './support/watch';

visitAs('steward', [
  { name: 'home-steward', path: '/', shows: 'Key figures of the mesh' },
  { name: 'dashboard-value', path: '/insight/value', shows: 'Most used products' },
  { name: 'dashboard-slos', path: '/insight/slos', shows: 'How fast budgets burn' },
  { name: 'dashboard-quality', path: '/insight/quality', shows: 'Score by dimension' },
  { name: 'dashboard-compliance', path: '/insight/compliance', shows: 'Waivers that end next' },
  { name: 'governance', path: '/governance', shows: 'Governance' },
  { name: 'policies', path: '/governance/policies', shows: /global/i },
  { name: 'tags', path: '/governance/tags', shows: 'Rows tell of people.' },
  { name: 'tags-nothing', path: '/governance/tags?q=zyxwvut', shows: 'No tag matches' },
  { name: 'tags-proposed', path: '/governance/tags?state=proposed', shows: 'Approve' },
  { name: 'compliance', path: '/governance/compliance', shows: 'Rules of the monitor' },
  { name: 'incidents', path: '/governance/incidents', shows: 'An incident ends by itself' },
  {
    name: 'incidents-none',
    path: '/governance/incidents?status=resolved&mine=yes',
    shows: 'No incident matches',
  },
  { name: 'privacy', path: '/governance/privacy', shows: 'New request' },
  { name: 'retention', path: '/governance/retention', shows: 'Kept for' },
  {
    name: 'retention-product',
    path: '/governance/retention/sales/customer-data-product',
    shows: 'How old a row is',
  },
  { name: 'holds', path: '/governance/privacy/holds', shows: 'Place a hold' },
  { name: 'verify', path: '/governance/privacy/verify', shows: 'Verify' },
  { name: 'reports', path: '/governance/reports', shows: 'Reviews, questions and answers' },
  { name: 'audit', path: '/governance/audit', shows: 'newest first' },
  { name: 'audit-refused', path: '/governance/audit?decision=deny', shows: 'Save this search' },
  { name: 'audit-nothing', path: '/governance/audit?text=zyxwvut', shows: 'No row matches' },
  { name: 'audit-wrong', path: '/governance/audit?from=soon', shows: 'Use a time such as' },
]);

visitAs('admin', [
  { name: 'home-admin', path: '/', shows: 'Ada' },
  { name: 'reports-not-for-you', path: '/governance/reports', shows: 'Reports are for stewards' },
  { name: 'webhooks', path: '/settings/webhooks', shows: 'New webhook' },
  { name: 'people', path: '/settings/people', shows: 'Conny Tide' },
  { name: 'domain-new', path: '/domains/new', shows: 'New domain' },
  { name: 'domain-admin', path: '/domains/finance', shows: 'Dana Anchor' },
  { name: 'prices', path: '/insight/cost/prices', shows: 'Set other prices' },
  { name: 'platform', path: '/platform', shows: 'Platform' },
  { name: 'recount', path: '/platform/usage', shows: 'Count days again' },
  { name: 'templates', path: '/platform/templates', shows: 'Batch analytics' },
  { name: 'template', path: '/platform/templates/batch_analytics', shows: 'Batch analytics' },
]);

visitAs('consumer', [
  { name: 'wizard-not-allowed', path: '/products/new', shows: 'You may not create' },
  {
    name: 'product-refused',
    path: '/products/hr/us-employment/data',
    shows: 'You may not read',
  },
  {
    name: 'product-documentation-refused',
    path: '/products/hr/us-employment/documentation',
    shows: 'You may not read these rows',
  },
  {
    name: 'product-no-access',
    path: '/products/hr/us-employment/access',
    shows: 'You may not read',
  },
  { name: 'my-data', path: '/my-data', shows: 'Tokens that read data' },
  { name: 'access-ask', path: '/access', shows: 'Open the catalogue' },
  { name: 'access-requests', path: '/access/requests', shows: 'every word that was said' },
  { name: 'access-elevation', path: '/access/elevation', shows: 'Ask for a role' },
  { name: 'prices-read', path: '/insight/cost/prices', shows: 'Synthetic prices' },
  { name: 'audit-not-for-you', path: '/governance/audit', shows: 'Audit' },
]);

test('pages of somebody who is not signed in', async ({ page }) => {
  await page.goto('/signin');
  await expect(page.getByText('Demo accounts')).toBeVisible();
  await inspect(page, 'signin');
  watch(page).expectNone();
});
