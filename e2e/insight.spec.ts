import { expect, signedIn, test } from './support/test';

/** The numbers of a text, without the commas of thousands. */
const numbers = (text: string | null) =>
  (text ?? '')
    .replaceAll(',', '')
    .match(/\d+(\.\d+)?/g)
    ?.map(Number) ?? [];

test('a leader asks how a number is computed, and follows it from the mesh to the rows', async ({
  browser,
}) => {
  const leader = await signedIn(browser, 'steward');
  const main = leader.getByRole('main');
  await leader.goto('/insight');
  const card = main.getByRole('listitem').getByRole('link', { name: /^Data products \d/ });
  const [onCard] = numbers((await card.innerText()).replace('Data products', ''));
  expect(onCard).toBeGreaterThan(10);

  await test.step('the same figure, how it is computed, and its course in a table', async () => {
    await card.click();
    await expect(leader).toHaveURL(/\/insight\/metrics\/data_product_count$/);
    await expect(main.getByText('Products that have come to production')).toBeVisible();
    await main.getByText('The query').click();
    await expect(main.getByText('from release r')).toBeVisible();
    await main.getByText('Table', { exact: true }).click();
    const course = main
      .getByRole('table', { name: 'Data products by day' })
      .getByRole('row')
      .last();
    expect(numbers(await course.getByRole('cell').first().innerText())).toEqual([onCard]);
    await expect(main.locator('[data-chart="data_product_count"] [data-legend]')).toContainText(
      `Data products ${onCard}`,
    );
  });

  const domains = main.getByRole('table', { name: 'Data products by domain' });
  const rows = domains.getByRole('row');
  const figures = await rows.getByRole('cell').filter({ hasText: /./ }).allInnerTexts();
  expect(figures.length).toBeGreaterThan(0);

  await test.step('its domains add up to it, a domain to its products, a product to its rows', async () => {
    const ofDomains = await domains
      .locator('tbody tr')
      .evaluateAll((found) =>
        found.map((row) =>
          Number((row as HTMLTableRowElement).cells[1]!.innerText.replaceAll(',', '')),
        ),
      );
    expect(ofDomains.reduce((sum, one) => sum + one, 0)).toBe(onCard);
    await domains.getByRole('link', { name: 'Operations' }).click();
    await expect(leader).toHaveURL(/domain=operations/);
    const products = main.getByRole('table', { name: 'Data products by product' });
    await expect(products).toBeVisible();
    const ofProducts = await products
      .locator('tbody tr')
      .evaluateAll((found) =>
        found.map((row) => Number((row as HTMLTableRowElement).cells[1]!.innerText)),
      );
    const [inDomain] = numbers(await main.locator('p.text-3xl').innerText());
    expect(ofProducts.reduce((sum, one) => sum + one, 0)).toBe(inDomain);
    await products.getByRole('link', { name: 'US airports' }).click();
    await expect(leader).toHaveURL(/product=airports/);
    await expect(main.getByRole('row', { name: /US airports Release 1/ })).toBeVisible();
  });

  await test.step('the rows as a file, and the view by its address', async () => {
    const file = leader.waitForEvent('download');
    await main.getByRole('link', { name: 'CSV' }).last().click();
    expect((await file).suggestedFilename()).toBe('data_product_count-rows.csv');
    const again = await leader.context().newPage();
    await again.goto(leader.url());
    await expect(
      again.getByRole('main').getByRole('row', { name: /US airports Release 1/ }),
    ).toBeVisible();
  });
  await leader.context().close();
});
