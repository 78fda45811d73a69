import { inspect } from './support/inspect';
import { api, expect, signedIn, signIn, test } from './support/test';

test('two products are chosen by keyboard, over two searches, and stand side by side', async ({
  page,
}) => {
  await signIn(page, 'consumer');
  await page.goto('/catalog?q=us+airports');
  const choice = (title: string) => page.getByRole('checkbox', { name: `Compare ${title}` });
  await choice('US airports').focus();
  await page.keyboard.press('Space');
  const tray = page.getByRole('region', { name: 'Products to compare' });
  await expect(tray.getByRole('status')).toHaveText('1 chosen');
  await expect(tray).toContainText('Choose one more');

  await test.step('the table has the same choice, and the tray keeps what was chosen', async () => {
    await page.goto('/catalog?q=airport+traffic&view=table');
    await choice('Airport traffic and delays').check();
    await expect(tray.getByRole('status')).toHaveText('2 chosen');
    await inspect(page, 'compare-tray');
    await page.setViewportSize({ width: 390, height: 844 });
    await tray.getByRole('link', { name: 'Compare' }).click();
    await page.waitForURL('**/catalog/compare?**');
    await expect(page).toHaveURL(/p=operations\/airports&p=operations\/airport-traffic$/);
  });

  await test.step('columns are aligned, and differences can be seen alone', async () => {
    const columns = page.getByRole('table', { name: /^The columns of/ });
    await expect(columns.getByRole('row').nth(1)).toBeVisible();
    const all = await columns.getByRole('row').count();
    await page.getByRole('link', { name: /^Only differences/ }).click();
    await page.waitForURL('**only=differences**');
    await expect.poll(() => columns.getByRole('row').count()).toBeLessThan(all);
    await expect(page.getByText(/% similar:/)).toBeVisible();
  });

  await test.step('a product that is not there is named', async () => {
    await page.goto('/catalog/compare?p=operations/airports&p=operations/flights&p=no/thing');
    await expect(page.getByText('no/thing does not exist, or you may not see it.')).toBeVisible();
  });
});

test('the map shows who uses whose products, and the products behind a line', async ({
  page,
  browser,
}) => {
  const consumer = await signedIn(browser, 'consumer');
  const read = await api(consumer.context()).get('/data/operations/airports/rows?limit=1');
  expect(read.status()).toBe(200);
  await consumer.context().close();
  await signIn(page, 'producer');
  const uses = async () => {
    const answer = await api(page.context()).get('/catalog/map');
    const { edges } = (await answer.json()) as { edges: { from: string; to: string }[] };
    return edges.filter(({ from }) => from === 'operations');
  };
  await expect.poll(async () => (await uses()).length).toBeGreaterThan(0);
  await page.goto('/catalog');
  await page.getByRole('link', { name: 'Domain map' }).click();
  await expect(page.locator('[data-picture="drawn"]').getByText('Operations')).toBeVisible();
  const list = page.getByRole('region', { name: 'Who uses whose, as a list' });
  await list
    .getByRole('link', { name: /reads? by/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**from=operations**');
  const behind = page.getByRole('region', { name: /uses of Operations$/ });
  await expect(behind.getByRole('link', { name: /operations\/airports/ })).toBeVisible();
  await inspect(page, 'domain-map-uses');
});
