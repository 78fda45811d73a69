import type { Page } from 'playwright/test';
import { expect, signedIn, test } from './support/test';

const CONSUMER = 'consumer@portolan.example';
const ADDRESS = 'hr/us-employment';
const ROWS = `/api/v1/data/${ADDRESS}/rows?limit=5`;

interface Problem {
  status: number;
  detail: string;
  policies: { id: string; title: string }[];
}

const statusOfRows = async (page: Page) => (await page.request.get(ROWS)).status();

test('a refusal names the policy and how to ask; a grant opens, revoking closes at once', async ({
  browser,
}) => {
  const consumer = await signedIn(browser, 'consumer');
  const owner = await signedIn(browser, 'data-admin');

  await test.step('a consumer of another domain is refused in words', async () => {
    const refused = await consumer.request.get(ROWS);
    expect(refused.status()).toBe(403);
    expect(refused.headers()['content-type']).toContain('application/problem+json');
    const problem = (await refused.json()) as Problem;
    expect(problem.policies.length).toBeGreaterThan(0);
    await consumer.goto(`/products/${ADDRESS}/data`);
    await expect(consumer.getByRole('main').getByText('You may not read these rows')).toBeVisible();
    await expect(consumer.getByText(/Policy: global-data-governance/)).toBeVisible();
    await consumer.getByRole('link', { name: 'See who can give access' }).click();
    await expect(consumer.getByText('You may not read this product')).toBeVisible();
    await expect(consumer.getByRole('link', { name: 'Dana Anchor' })).toHaveAttribute(
      'href',
      'mailto:data-admin@portolan.example',
    );
    await expect(consumer.getByRole('button', { name: 'Grant access' })).toHaveCount(0);
    await expect(consumer.getByRole('button', { name: 'Retire' })).toHaveCount(0);
  });

  await test.step('the owner grants, with a purpose', async () => {
    await owner.goto(`/products/${ADDRESS}/access`);
    await owner.getByRole('button', { name: 'Grant access' }).click();
    await expect(owner.getByLabel('Purpose')).toHaveAttribute('aria-invalid', 'true');
    await owner.getByLabel('E-mail address').fill(CONSUMER);
    await owner.getByLabel('Purpose').fill('Price study for the spring campaign');
    await owner.getByRole('button', { name: 'Grant access' }).click();
    await expect(
      owner.getByText(`${CONSUMER} may read this product now`, { exact: true }),
    ).toBeVisible();
    const row = owner.getByRole('row').filter({ hasText: CONSUMER }).first();
    await expect(row).toContainText('In force');
  });

  await test.step('the consumer reads', async () => {
    expect(await statusOfRows(consumer)).toBe(200);
    await consumer.goto(`/products/${ADDRESS}/data`);
    await expect(consumer.getByRole('region', { name: `Rows of ${ADDRESS}` })).toContainText(
      '2006-01-01',
    );
  });

  await test.step('the owner revokes and the next read is refused', async () => {
    await owner.getByRole('button', { name: `Revoke the grant of ${CONSUMER}` }).click();
    await owner.getByRole('button', { name: 'Revoke the grant', exact: true }).click();
    await expect(
      owner.getByText('Conny Tide no longer holds a grant', { exact: true }),
    ).toBeVisible();
    expect(await statusOfRows(consumer)).toBe(403);
    await consumer.reload();
    await expect(consumer.getByRole('main').getByText('You may not read these rows')).toBeVisible();
  });
  await Promise.all([consumer.context().close(), owner.context().close()]);
});

test('each role is offered what it may do, and a closed page says why', async ({ browser }) => {
  const consumer = await signedIn(browser, 'consumer');
  const navigation = consumer.getByRole('navigation', { name: 'Main' });
  await expect(navigation.getByRole('link', { name: 'Catalogue' })).toBeVisible();
  for (const name of ['New product', 'Audit', 'People']) {
    await expect(navigation.getByRole('link', { name, exact: true })).toHaveCount(0);
  }
  await consumer.goto('/products/new');
  await expect(
    consumer.getByRole('main').getByText('You may not create data products yet'),
  ).toBeVisible();
  await consumer.goto('/governance/audit');
  await expect(consumer.getByRole('main')).toContainText(/steward|platform admin/i);
  await consumer.goto('/settings/people');
  await expect(consumer.getByRole('heading', { name: 'Off the chart' })).toBeVisible();

  const steward = await signedIn(browser, 'steward');
  expect(
    (await steward.request.get('/api/v1/data/sales/customer-data-product/rows')).status(),
  ).toBe(403);
  await steward.goto('/products/sales/customer-data-product');
  await expect(steward.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await Promise.all([consumer.context().close(), steward.context().close()]);
});

test('who is not signed in is led to the sign-in page and back', async ({ page }) => {
  await page.goto('/products/operations/airports/schema');
  await expect(page).toHaveURL(/\/signin\?/);
  await page.getByLabel('E-mail').fill(CONSUMER);
  await page.getByLabel('Password').fill('wrong words');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').first()).toContainText('is not right');
  await page.getByLabel('Password').fill('portolan-demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/products/operations/airports/schema');
  await expect(page.getByRole('heading', { level: 1, name: 'US airports' })).toBeVisible();
});
