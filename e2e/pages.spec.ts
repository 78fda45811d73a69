import type { Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { expect, type Role, signedIn, test, unique } from './support/test';
import { fullDraft } from './support/visits';
import { watch } from './support/watch';

interface Visit {
  name: string;
  path: string;
  /** What is there once the page has everything. */
  shows: string | RegExp;
}

const FLIGHTS = '/products/operations/flights';
const tab = (name: string, shows: Visit['shows']): Visit => ({
  name: `product-${name}`,
  path: `${FLIGHTS}/${name}`,
  shows,
});

const VISITS: Partial<Record<Role, Visit[]>> = {
  producer: [
    { name: 'home', path: '/', shows: 'Petra' },
    { name: 'catalogue', path: '/catalog', shows: 'US flights 2001' },
    { name: 'catalogue-search', path: '/catalog?q=weather', shows: 'Seattle weather' },
    {
      name: 'catalogue-table',
      path: '/catalog?q=delay&view=table&classification=public',
      shows: 'US flights 2001',
    },
    { name: 'catalogue-corrected', path: '/catalog?q=fligths', shows: 'US flights 2001' },
    { name: 'catalogue-nothing', path: '/catalog?q=zyxwvut', shows: /No|Nothing/ },
    { name: 'catalogue-term', path: '/catalog?q=tardiness', shows: 'Glossary term' },
    { name: 'glossary', path: '/glossary', shows: 'Also called lateness, tardiness' },
    { name: 'glossary-nothing', path: '/glossary?q=zyxwvut', shows: 'No term matches' },
    { name: 'glossary-term', path: '/glossary/arrival-delay', shows: 'Where it is used' },
    { name: 'products', path: '/products', shows: 'US airports' },
    { name: 'products-domains', path: '/products?tab=domains', shows: 'US airports' },
    { name: 'products-drafts', path: '/products?tab=drafts', shows: 'Drafts' },
    { name: 'product-overview', path: FLIGHTS, shows: '3,000,000 rows' },
    { name: 'product-documentation', path: `${FLIGHTS}/documentation`, shows: 'Sample rows' },
    { name: 'insight', path: '/insight', shows: 'Business value' },
    {
      name: 'insight-domain',
      path: '/insight?domain=operations&range=7d',
      shows: 'the domain operations',
    },
    {
      name: 'insight-metric',
      path: '/insight/metrics/data_product_count',
      shows: 'The rows behind it',
    },
    {
      name: 'insight-nothing',
      path: '/insight/metrics/time_to_restore?domain=hr',
      shows: 'Nothing in this period',
    },
    { name: 'lineage', path: '/lineage', shows: 'The same as a list' },
    { name: 'product-lineage', path: `${FLIGHTS}/lineage?depth=3`, shows: 'The same as a list' },
    {
      name: 'product-lineage-column',
      path: '/products/operations/airport-traffic/lineage?column=late_percent',
      shows: 'The same as a list',
    },
    tab('activity', 'Published'),
    tab('schema', 'Arrival delay in minutes'),
    tab('contract', 'Service levels'),
    tab('data', '1–100 of 3,000,000'),
    tab('api', 'Endpoint'),
    tab('quality', 'Scores'),
    {
      name: 'quality-report-flights',
      path: `${FLIGHTS}/quality/report`,
      shows: 'Print or save as PDF',
    },
    tab('slo', 'Error budget left'),
    tab('lifecycle', 'Snapshots'),
    tab('runs', 'Runs'),
    tab('access', 'Let somebody in'),
    tab('community', 'Ask the owner'),
    tab('usage', 'Which columns'),
    tab('versions', 'The first version'),
    tab('descriptor', 'kind: DataProduct'),
    {
      name: 'product-derived',
      path: '/products/operations/airport-traffic',
      shows: 'operations/airports',
    },
    { name: 'workbench', path: '/workbench', shows: 'operations.airports' },
    { name: 'wizard-start', path: '/products/new', shows: 'Batch analytics' },
    { name: 'domains', path: '/domains', shows: 'Operations' },
    { name: 'domain', path: '/domains/operations', shows: 'US airports' },
    { name: 'inbox', path: '/inbox', shows: 'Inbox' },
    { name: 'access-inbox', path: '/access/inbox?state=all', shows: 'To decide' },
    { name: 'inbox-nothing', path: '/inbox?product=no/thing', shows: 'Nothing of that' },
    { name: 'notifications', path: '/settings/notifications', shows: 'By kind' },
    { name: 'tokens', path: '/settings/tokens', shows: 'New token' },
    { name: 'profile', path: '/settings/profile', shows: 'Petra Chart' },
    { name: 'docs', path: '/docs', shows: /Reading rows/i },
    { name: 'docs-glossary', path: '/docs/glossary', shows: 'Who writes terms' },
    { name: 'docs-lineage', path: '/docs/lineage', shows: 'Who breaks if it goes' },
    { name: 'docs-community', path: '/docs/community', shows: 'Bayesian average' },
    { name: 'docs-quality', path: '/docs/quality', shows: 'Mending the rows' },
    { name: 'docs-workbench', path: '/docs/workbench', shows: 'What a query may do' },
    { name: 'docs-page', path: '/docs/reading-rows', shows: 'nextPage' },
    { name: 'not-found', path: '/products/operations/nothing-here', shows: /not|no /i },
  ],
  steward: [
    { name: 'governance', path: '/governance', shows: 'Governance' },
    { name: 'policies', path: '/governance/policies', shows: /global/i },
    { name: 'compliance', path: '/governance/compliance', shows: 'Rules of the monitor' },
    { name: 'violations', path: '/governance/violations', shows: 'US flights 2001' },
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
  ],
  admin: [
    { name: 'home-admin', path: '/', shows: 'Ada' },
    { name: 'reports-not-for-you', path: '/governance/reports', shows: 'Reports are for stewards' },
    { name: 'webhooks', path: '/settings/webhooks', shows: 'New webhook' },
    { name: 'people', path: '/settings/people', shows: 'Conny Tide' },
    { name: 'domain-new', path: '/domains/new', shows: 'New domain' },
    { name: 'domain-admin', path: '/domains/finance', shows: 'Dana Anchor' },
    { name: 'platform', path: '/platform', shows: 'Platform' },
    { name: 'templates', path: '/platform/templates', shows: 'Batch analytics' },
    { name: 'template', path: '/platform/templates/batch_analytics', shows: 'Batch analytics' },
  ],
  consumer: [
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
    { name: 'audit-not-for-you', path: '/governance/audit', shows: 'Audit' },
  ],
};

async function open(page: Page, { path, shows }: Omit<Visit, 'name'>): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(path);
  await expect(page.getByRole('main').getByText(shows).first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^(Loading|Working out)/ })).toHaveCount(
    0,
  );
}

for (const [role, visits] of Object.entries(VISITS)) {
  test.describe(`pages as ${role}`, () => {
    let visitor: Page;
    test.beforeAll(async ({ browser }) => {
      visitor = await signedIn(browser, role as Role);
    });
    test.afterAll(() => visitor.context().close());
    for (const visit of visits) {
      test(visit.name, async () => {
        await open(visitor, visit);
        await inspect(visitor, visit.name);
      });
    }
  });
}

test.describe('pages that need something made first', () => {
  let visitor: Page;
  test.beforeAll(async ({ browser }) => {
    visitor = await signedIn(browser, 'producer');
  });
  test.afterAll(() => visitor.context().close());

  test('wizard', async () => {
    const id = await fullDraft(visitor.context(), unique('pages'));
    const path = `/products/drafts/${id}`;
    await open(visitor, { path: `${path}?step=1`, shows: 'Classification' });
    await inspect(visitor, 'wizard-1');
    await open(visitor, { path: `${path}?step=2`, shows: 'Quality rules' });
    await inspect(visitor, 'wizard-2');
    await visitor.setViewportSize({ width: 1280, height: 800 });
    await visitor.getByRole('button', { name: 'Add rule' }).click();
    await inspect(visitor, 'wizard-2-dialog');
    await open(visitor, { path: `${path}?step=3`, shows: 'Plan' });
    await visitor.getByLabel('Usage').fill('Reports on how busy the ports are.');
    await visitor.getByRole('button', { name: 'Add a channel' }).click();
    await visitor.getByRole('textbox', { name: 'Channel' }).fill('#port-calls');
    await visitor.getByLabel('Amount').fill('3');
    await visitor.getByLabel('Currency').fill('eur');
    await expect(visitor.getByText('It says what readers may do with the rows.')).toBeVisible();
    await inspect(visitor, 'wizard-3');
    await visitor.getByLabel('Availability').fill('always');
    await visitor.getByRole('button', { name: 'Submit and provision' }).click();
    await expect(visitor.getByLabel('Availability')).toHaveAttribute('aria-invalid', 'true');
    await inspect(visitor, 'wizard-3-errors');
  });

  test('run, policy, template, dialogs', async () => {
    await open(visitor, { path: `${FLIGHTS}/runs`, shows: 'Runs' });
    await visitor.getByRole('main').locator('a[href^="/runs/"]').first().click();
    await expect(visitor.getByText('The product is live')).toBeVisible();
    await inspect(visitor, 'run');
    await open(visitor, { path: '/governance/policies', shows: /global/i });
    await visitor.getByRole('main').locator('a[href^="/governance/policies/"]').first().click();
    await visitor.waitForURL('**/governance/policies/*');
    await expect(visitor.getByRole('main').locator('pre').first()).toBeVisible();
    await inspect(visitor, 'policy');
    await open(visitor, { path: '/settings/tokens', shows: 'New token' });
    await visitor.getByRole('button', { name: 'New token' }).first().click();
    await expect(visitor.getByRole('dialog')).toBeVisible();
    await inspect(visitor, 'token-dialog');
    await open(visitor, { path: '/products/operations/airports', shows: 'US airports' });
    await visitor.getByRole('button', { name: 'Retire' }).click();
    await expect(visitor.getByRole('dialog')).toContainText('live now');
    await inspect(visitor, 'retire-dialog');
  });
});

test('pages of somebody who is not signed in', async ({ page }) => {
  await page.goto('/signin');
  await expect(page.getByText('Demo accounts')).toBeVisible();
  await inspect(page, 'signin');
  watch(page).expectNone();
});
