import type { Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { expect, signedIn, test, unique } from './support/test';

const editor = (page: Page) => page.getByRole('textbox', { name: 'SQL statement' });
const result = (page: Page) => page.getByRole('region', { name: 'Result of the query' });

async function write(page: Page, sql: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  // As a paste does it: typing would close brackets and open the list of names.
  await page.keyboard.insertText(sql);
}

const JOINED = `select a.state, count(*) as flights
from operations.flights f
join operations.airports a on a.iata = f.origin
group by all
order by flights desc, a.state`;

test('products are queried together, by keyboard, and the result is taken away', async ({
  browser,
}) => {
  test.slow();
  const page = await signedIn(browser, 'producer');
  await page.getByRole('link', { name: 'Workbench' }).first().click();
  await expect(page.getByRole('heading', { name: 'Workbench' })).toBeVisible();
  await write(page, JOINED);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(result(page)).toContainText('flights');
  await expect(result(page).getByRole('row').nth(1)).toContainText(/\d{4,}/);
  await expect(page.getByRole('list', { name: 'Products that were read' })).toContainText(
    'US airports',
  );
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await downloading).suggestedFilename()).toBe('query.csv');
  await expect(page.getByRole('list', { name: 'Your queries' })).toContainText('csv');
  await inspect(page, 'workbench-result');

  await write(page, 'select nowhere\nfrom operations.flights');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByRole('alert').getByText('Line 1, column 8')).toBeVisible();
  await inspect(page, 'workbench-error');

  await write(
    page,
    'with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t',
  );
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Cancelled. Nothing runs any more.')).toBeVisible();
  const history = page.getByRole('list', { name: 'Your queries' });
  await history.getByRole('button').filter({ hasText: 'select nowhere' }).first().click();
  await expect(editor(page)).toContainText('select nowhere');
});

test('names are offered while one types, and put in from the list', async ({ browser }) => {
  const page = await signedIn(browser, 'producer');
  await page.goto('/workbench');
  await editor(page).click();
  await page.keyboard.type('select * from operations.airp');
  await expect(page.getByRole('option', { name: /airports/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await write(page, '');
  await page.getByRole('searchbox', { name: 'Find a product' }).fill('strikes');
  await page
    .getByRole('button', { name: 'Put operations."bird-strikes" into the statement' })
    .click();
  await expect(editor(page)).toContainText('operations."bird-strikes"');
});

test('on a phone the list of names closes with a touch beside the editor, and with a run', async ({
  browser,
}) => {
  const page = await signedIn(browser, 'producer');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/workbench');
  const offered = page.getByRole('option', { name: /airports/ }).first();
  await write(page, '');
  await page.keyboard.type('select * from operations.airp');
  await expect(offered).toBeVisible();
  // A touch that leaves the focus where it is, as on a phone.
  await page.getByRole('heading', { name: 'Workbench' }).dispatchEvent('pointerdown');
  await expect(offered).toBeHidden();
  await page.keyboard.type('o');
  await expect(offered).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(offered).toBeHidden();
  await page.context().close();
});

test('a query is saved, found by its address, deleted and brought back', async ({ browser }) => {
  const page = await signedIn(browser, 'producer');
  const name = unique('Busy states');
  await page.goto(`/workbench#sql=${encodeURIComponent('select 41 + 1 as answer')}`);
  await expect(editor(page)).toContainText('select 41 + 1');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Who sees it').selectOption({ label: 'Members of operations' });
  await inspect(page, 'workbench-save');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\?query=/);
  const saved = page.getByRole('list', { name: 'Saved queries' });
  await expect(saved).toContainText('Shared with Operations');
  const address = page.url();

  const colleague = await signedIn(browser, 'data-admin');
  await colleague.goto(address);
  await expect(editor(colleague)).toContainText('select 41 + 1');
  await colleague.getByRole('button', { name: 'Run' }).click();
  await expect(result(colleague)).toContainText('42');

  await saved.getByRole('button', { name: `“${name}”: more` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(saved.getByText(name)).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(saved.getByText(name)).toBeVisible();
});

test('a product that is not granted says where to ask', async ({ browser }) => {
  const page = await signedIn(browser, 'consumer');
  await page.goto('/workbench');
  await write(page, 'select * from sales."customer-data-product"');
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByText('You may not read everything that this query reads')).toBeVisible();
  await page.getByRole('link', { name: 'Ask for sales/customer-data-product' }).click();
  await expect(page).toHaveURL(/customer-data-product\/access/);
});
