import type { Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { expect, signedIn, test } from './support/test';

const AIRPORTS = '/products/operations/airports/lineage';
const TRAFFIC = '/products/operations/airport-traffic/lineage';
const picture = (page: Page) => page.locator('[data-picture="drawn"]');
const box = (page: Page, name: RegExp) => picture(page).getByRole('button', { name });

test.describe('lineage', () => {
  let page: Page;
  test.beforeAll(async ({ browser }) => {
    page = await signedIn(browser, 'producer');
  });
  test.afterAll(() => page.context().close());
  test.beforeEach(() => page.setViewportSize({ width: 1280, height: 800 }));

  test('shows one step, goes further, and the address keeps what is shown', async () => {
    await page.goto(AIRPORTS);
    await expect(box(page, /operations\/airport-traffic/)).toBeVisible();
    await page.getByRole('button', { name: '3', exact: true }).click();
    await page.getByRole('button', { name: 'Downstream' }).click();
    await expect(page).toHaveURL(/depth=3&direction=downstream/);
    await page.reload();
    await expect(page.getByRole('button', { name: '3', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(box(page, /operations\/airport-traffic/)).toBeVisible();
    await page.goBack();
    await expect(page).not.toHaveURL(/direction/);
    await inspect(page, 'lineage-product');
  });

  test('opens what stands beside a product, by keyboard, and closes it again', async () => {
    await page.goto(AIRPORTS);
    const more = picture(page)
      .getByRole('button', { name: /more beside/ })
      .first();
    await more.focus();
    const before = await picture(page).locator('[data-box]').count();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/open=/);
    await expect.poll(() => picture(page).locator('[data-box]').count()).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Close what was opened' }).click();
    await expect(page).not.toHaveURL(/open=/);
    await expect.poll(() => picture(page).locator('[data-box]').count()).toBe(before);
  });

  test('marks the path of the product that is chosen', async () => {
    await page.goto(TRAFFIC);
    await box(page, /operations\/airports/).click();
    await expect(page.getByText(/is on a path of/)).toBeVisible();
    await page.getByRole('link', { name: 'Its lineage' }).click();
    await expect(page).toHaveURL(new RegExp(`${AIRPORTS}$`));
  });

  test('follows one column through the statement that makes it', async () => {
    await page.goto(TRAFFIC);
    await page.getByLabel('Column').selectOption('late_percent');
    await expect(page).toHaveURL(/column=/);
    await expect(
      page.getByRole('heading', { name: /comes from, and where it goes/ }),
    ).toBeVisible();
    await expect(box(page, /^delay operations\/flights/)).toBeVisible();
    await inspect(page, 'lineage-column');
  });

  test('says who breaks', async () => {
    await page.goto('/products/operations/flights/lineage');
    const hit = page.getByRole('region', { name: 'Products that are hit, nearest first' });
    await expect(hit.getByRole('row', { name: /airport-traffic/ })).toContainText('Breaks');
  });

  test('draws the whole mesh, one domain of it, and says the same as a list', async () => {
    await page.goto('/lineage');
    await expect(box(page, /operations\/flights/)).toBeVisible();
    const list = page.getByRole('region', { name: 'The whole mesh' });
    await expect(list.getByRole('row', { name: /^US flights 2001/ })).toContainText(
      'operations/airport-traffic',
    );
    await inspect(page, 'lineage-mesh');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page
      .getByRole('list', { name: 'Domains' })
      .getByRole('button', { name: 'Operations' })
      .click();
    await expect(page).toHaveURL(/domain=operations/);
    await page.getByRole('button', { name: 'Show the whole mesh' }).click();
    await expect(page).not.toHaveURL(/domain/);
  });
});
