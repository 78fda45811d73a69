import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { liveProduct } from './support/visits';

test('a candidate beside a live product goes live, is compared and rolled back; then it is deprecated', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const page = await signedIn(browser, 'producer');
  const context = page.context();
  const address = await liveProduct(page, unique('gated-visits'));
  const lifecycle = `/products/${address}/lifecycle`;

  await test.step('a candidate beside it goes live by itself, is compared and rolled back', async () => {
    await page.goto(lifecycle);
    await page.getByRole('button', { name: 'Stage a candidate' }).click();
    await page.getByLabel('Promote it by itself when every gate passes').check();
    await page.getByRole('button', { name: 'Load and test' }).click();
    await page.waitForURL('**/runs/**');
    await expect(page.getByText('The product is live')).toBeVisible();
    await page.goto(lifecycle);
    const snapshots = page.getByRole('region', { name: 'Snapshots of the product' });
    const row = (number: number) =>
      snapshots
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: String(number), exact: true }) });
    await expect(row(2)).toContainText('Served');
    await row(1)
      .getByRole('button', { name: /Compare/ })
      .click();
    await expect(
      page.getByRole('region', { name: 'Snapshots 1 and 2', exact: true }),
    ).toContainText('0 added, 0 removed, 0 changed');
    await page.getByLabel('Rows from').selectOption('2');
    await page.getByLabel('Rows to').selectOption('1');
    await page.getByRole('button', { name: 'Compare the two' }).click();
    await expect(
      page.getByRole('region', { name: 'Snapshots 2 and 1', exact: true }),
    ).toContainText('0 added, 0 removed, 0 changed');
    await page.getByRole('button', { name: /^Roll back/ }).click();
    await page.getByLabel('Reason').fill('Tried out');
    await page.getByRole('button', { name: 'Serve it' }).click();
    await expect(row(1)).toContainText('Served');
    const answer = await api(context).get(`/data/${address}/rows?limit=1`);
    expect(((await answer.json()) as { snapshot: { number: number } }).snapshot.number).toBe(1);
    await inspect(page, 'lifecycle-live');
  });

  await test.step('its sunset is announced in every answer', async () => {
    await page.getByRole('button', { name: 'Deprecate', exact: true }).click();
    await page.getByLabel('Sunset').fill('2099-01-31');
    await page.getByLabel('Why').fill('Another list takes its place.');
    await page.getByRole('button', { name: 'Deprecate and tell consumers' }).click();
    await expect(page.getByText('Deprecated: ends on 2099-01-31')).toBeVisible();
    const answer = await api(context).get(`/data/${address}/rows?limit=1`);
    expect(answer.headers().sunset).toBe('Sat, 31 Jan 2099 00:00:00 GMT');
    expect(answer.headers().deprecation).toMatch(/^@\d+$/);
    await inspect(page, 'lifecycle-deprecated');
  });
  await context.close();
});
