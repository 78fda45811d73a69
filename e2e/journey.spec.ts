import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { curl } from './support/curl';
import { expect, portalHome, signedIn, signIn, test, unique } from './support/test';
import { isSaved, visitsCsv } from './support/visits';

const ROWS = 2000;

interface RowsPage {
  rows: Record<string, unknown>[];
  nextPage: string | null;
  total?: number;
}

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test('from a file to rows over HTTP, an audit row, and nothing left after retiring', async ({
  page,
  browser,
  baseURL,
}, testInfo) => {
  const name = unique('harbour-visits');
  const address = `operations/${name}`;
  const rowsUrl = `${baseURL}/api/v1/data/${address}/rows`;
  let token = '';
  let lake = '';

  await test.step('a producer signs in and begins a product', async () => {
    await signIn(page, 'producer');
    await page.getByRole('link', { name: 'New product' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'New data product' })).toBeVisible();
    await expect(page.getByRole('radio', { name: /Batch analytics/ })).toBeChecked();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL('**/products/drafts/**');
  });

  await test.step('screen 1: what is missing is said, then what it is and whose', async () => {
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await page.getByRole('textbox', { name: 'Title' }).fill('Harbour visits');
    await page.getByLabel('Domain').selectOption('operations');
    await expect(page.getByLabel('Name', { exact: false }).first()).toHaveValue('harbour-visits');
    await page.getByRole('textbox', { name: /^Name/ }).fill(name);
    await page
      .getByRole('textbox', { name: 'Description' })
      .fill('One row per visit of a ship to a harbour.');
    await page.getByRole('combobox', { name: /^Tags/ }).fill('harbour, ships');
    await page.getByRole('radio', { name: /^Internal/ }).check();
    await expect(page.getByLabel('Owner')).toHaveValue('producer@portolan.example');
    await isSaved(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL('**step=2');
  });

  await test.step('screen 2: a real file, its schema, profile and suggested rules', async () => {
    const file = testInfo.outputPath('visits.csv');
    await writeFile(file, visitsCsv(ROWS));
    await page.getByRole('radio', { name: /A file/ }).check();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(file);
    await expect(page.getByText('2,000 rows · 5 columns')).toBeVisible();
    await expect(page.getByLabel('Type of visit_id')).toHaveValue(/integer|long/);
    await expect(page.getByLabel('Type of arrived_on')).toHaveValue('date');
    await expect(page.getByLabel('Type of is_inspected')).toHaveValue('boolean');
    const cargo = page.getByRole('listitem').filter({ has: page.getByLabel('Name of column 4') });
    await expect(cargo).toContainText('Empty2.0%');
    await page.getByLabel('Description of port').fill('Harbour that the ship called at');
    const key = page
      .getByRole('listitem')
      .filter({ has: page.getByLabel('Name of column 1') })
      .getByLabel('Key');
    await key.check();
    await expect(key).toBeChecked();
    const rules = page.locator('[id="f-quality"]');
    await expect(rules.getByRole('checkbox').first()).toBeVisible();
    await expect(rules).toContainText('visit_id');
    await isSaved(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL('**step=3');
  });

  await test.step('screen 3: objectives, access, findings, plan, document', async () => {
    await expect(page.getByLabel('Availability')).not.toHaveValue('');
    await page.getByLabel('Latency').fill('< 200ms');
    await page.getByLabel('Documentation').fill('# Harbour visits\n\nFrom the harbour masters.');
    await isSaved(page);
    await expect(page.getByRole('heading', { name: 'Plan' })).toBeVisible();
    for (const step of ['storage', 'processing', 'serving', 'governance']) {
      await expect(page.getByRole('heading', { level: 3, name: step })).toBeVisible();
    }
    await expect(page.getByText(/policies in force|Governance warns|Good to know/)).toBeVisible();
    const yaml = page.getByRole('main').locator('pre').last();
    await expect(yaml).toContainText('kind: DataProduct');
    await expect(yaml).toContainText('Harbour that the ship called at');
    await expect(yaml).toContainText('< 200ms');
    await page.getByRole('button', { name: 'Submit and provision' }).click();
    await page.waitForURL('**/runs/**');
  });

  await test.step('the run is watched live to its end', async () => {
    const steps = page.getByRole('list', { name: 'Steps of the run' });
    await expect(page.getByText('The product is live')).toBeVisible();
    for (const step of ['Storage', 'Processing', 'Serving', 'Governance']) {
      await expect(steps.getByRole('listitem').filter({ hasText: step }).first()).toContainText(
        'done',
      );
    }
    await expect(steps).toContainText('log line');
    const run = await page.request.get(`/api/v1/runs/${page.url().split('/').at(-1)}`);
    const { product } = (await run.json()) as { product: { id: string } };
    lake = path.join(portalHome(), 'lake', product.id);
    expect(await filesBelow(lake)).not.toEqual([]);
  });

  await test.step('the product page and its rows', async () => {
    await page.getByRole('link', { name: 'Open the product' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Harbour visits' })).toBeVisible();
    await expect(page.getByText('2,000 rows')).toBeVisible();
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    const grid = page.getByRole('region', { name: `Rows of ${address}` });
    await expect(grid.getByRole('row')).toHaveCount(101);
    await expect(grid).toContainText('Tromsø');
    await expect(page.getByText('1–100 of 2,000')).toBeVisible();
    await page.getByLabel('Sort by').selectOption({ label: 'visit_id ↓' });
    await expect(grid.getByRole('row').nth(1)).toContainText('2000');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('101–200 of 2,000')).toBeVisible();
  });

  await test.step('a token is made and shown once', async () => {
    await page.goto('/settings/tokens');
    await page.getByRole('button', { name: 'New token' }).first().click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Create token' }).click();
    token = (await page.getByTestId('secret').textContent())?.trim() ?? '';
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(page.getByTestId('secret')).toHaveCount(0);
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Never');
  });

  await test.step('curl reads JSON, CSV, a filter and every page', async () => {
    const first = await curl(`${rowsUrl}?limit=700&order=port,visit_id&count=exact`, token);
    expect(first.status, first.body).toBe(200);
    let next = JSON.parse(first.body) as RowsPage;
    expect(next.total).toBe(ROWS);
    const ids = next.rows.map((row) => row.visit_id);
    while (next.nextPage) {
      const query = `limit=700&order=port,visit_id&page=${encodeURIComponent(next.nextPage)}`;
      const answer = await curl(`${rowsUrl}?${query}`, token);
      expect(answer.status, answer.body).toBe(200);
      next = JSON.parse(answer.body) as RowsPage;
      ids.push(...next.rows.map((row) => row.visit_id));
    }
    expect(ids).toHaveLength(ROWS);
    expect(new Set(ids).size).toBe(ROWS);
    const csv = await curl(
      `${rowsUrl}?select=visit_id,port&order=visit_id`,
      token,
      '-H',
      'Accept: text/csv',
    );
    expect(csv.body.split(/\r?\n/).slice(0, 3)).toEqual(['visit_id,port', '1,Bergen', '2,Oslo']);
    const filters = 'port=eq.Bergen&cargo_tonnes=is.null&visit_id=lt.1000';
    const filtered = await curl(`${rowsUrl}?${filters}&select=visit_id,port`, token);
    const { rows } = JSON.parse(filtered.body) as RowsPage;
    expect(rows).toHaveLength(20);
    expect(rows).toContainEqual({ visit_id: 51, port: 'Bergen' });
    const unknown = await curl(`${rowsUrl}?harbour=eq.Oslo`, token);
    expect(unknown.status).toBe(400);
    expect(unknown.body).toContain('harbour');
    expect((await curl(rowsUrl, 'ptl_nonsense')).status).toBe(401);
  });

  await test.step('a steward finds the decision in the audit log', async () => {
    const steward = await signedIn(browser, 'steward');
    await steward.goto('/governance/audit');
    await steward.getByRole('textbox', { name: 'Product' }).fill(address);
    await steward.getByRole('combobox', { name: 'Action' }).fill('product.read');
    await steward.getByRole('button', { name: 'Apply' }).click();
    await steward.waitForURL('**product=operations**');
    const row = steward.getByRole('row').filter({ hasText: 'product.read' }).first();
    await expect(row).toContainText('Allowed');
    await expect(row).toContainText('producer@portolan.example');
    await row.getByRole('link', { name: 'product.read' }).click();
    await expect(steward.getByRole('dialog')).toContainText('Hash before');
    await steward.context().close();
  });

  await test.step('the owner retires it; files are gone and reading ends', async () => {
    await page.goto(`/products/${address}`);
    await page.getByRole('button', { name: 'Retire' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('2,000 rows live now');
    const confirm = dialog.getByRole('button', { name: 'Retire the product' });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole('textbox').fill(address);
    await confirm.click();
    await page.waitForURL('**/runs/**');
    await expect(page.getByText('The product is retired')).toBeVisible();
    expect(await filesBelow(lake)).toEqual([]);
    const gone = await curl(rowsUrl, token);
    expect(gone.status, gone.body).toBe(410);
    await page.goto(`/products/${address}`);
    await expect(page.getByRole('main').getByText('This product is retired')).toBeVisible();
  });
});
