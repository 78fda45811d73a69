import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from './support/inspect';
import { api, expect, signedIn, test } from './support/test';

const ORDERS = readFileSync(
  path.join(import.meta.dirname, '../lib/interop/fixtures/orders.odcs.yaml'),
  'utf8',
);

test('a contract is checked with lines, mended, and becomes a draft', async ({ browser }) => {
  const page = await signedIn(browser, 'producer');
  await page.goto('/products/new');
  await page.getByRole('button', { name: 'Import a document' }).click();
  const dialog = page.getByRole('dialog');

  await test.step('a fault is named with its line and what was meant', async () => {
    await dialog.getByLabel('Document').fill(ORDERS.replace('businessName', 'bussinessName'));
    await dialog.getByRole('button', { name: 'Check document' }).click();
    await expect(dialog.getByText('One fault keeps this document out')).toBeVisible();
    await expect(dialog.getByText('Did you mean businessName?')).toBeVisible();
    await expect(dialog.getByText(/Line 24, column \d+/)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Start draft' })).toHaveCount(0);
    await inspect(page, 'import-dialog');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('the mended contract is valid and offers its tables', async () => {
    await dialog.getByLabel('Document').fill(ORDERS);
    await dialog.getByRole('button', { name: 'Check document' }).click();
    await expect(
      dialog.getByText('This is a valid Open Data Contract Standard v3.1.0 document'),
    ).toBeVisible();
    await expect(dialog.getByLabel('Table').getByRole('option')).toHaveText([
      'The first with columns',
      'orders (3 columns)',
      'carriers (1 column)',
    ]);
  });

  await test.step('it fills the wizard', async () => {
    await dialog.getByRole('button', { name: 'Start draft' }).click();
    await page.waitForURL('**/products/drafts/**');
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Orders');
    await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue(
      'Every order of the shop, one row each.',
    );
  });
  await page.context().close();
});

test('an older contract is offered in the current version', async ({ browser }) => {
  const page = await signedIn(browser, 'producer');
  const old = [
    'apiVersion: v3.0.2',
    'kind: DataContract',
    'id: old-one',
    'version: 1.0.0',
    'status: active',
    'name: Harbours',
    'team: [{ username: ola }]',
    'schema: [{ name: harbours, properties: [{ name: code, logicalType: string }] }]',
  ].join('\n');
  await page.goto('/products/new');
  await page.getByRole('button', { name: 'Import a document' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Document').fill(old);
  await dialog.getByRole('button', { name: 'Check document' }).click();
  await expect(dialog.getByText('It can be brought to v3.1.0')).toBeVisible();
  await expect(dialog.getByLabel('Changes')).toContainText('members');
  await dialog.getByRole('button', { name: 'Start draft as v3.1.0' }).click();
  await page.waitForURL('**/products/drafts/**');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Harbours');
  await page.context().close();
});

test('every demo product exports a contract that its own check takes', async ({ browser }) => {
  const page = await signedIn(browser, 'producer');
  const { get, post } = api(page.context());
  await page.goto('/products/operations/flights/contract');
  await expect(page.getByRole('heading', { name: 'Service levels' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'ODCS' })).toHaveAttribute(
    'href',
    '/api/v1/products/operations/flights/contract.yaml?format=odcs',
  );
  const listed = await (await get('/catalog?limit=50')).json();
  const products = listed.entries as { domain: string; name: string }[];
  expect(products.length).toBeGreaterThan(5);
  for (const { domain, name } of products) {
    for (const format of ['odcs', 'odps', 'dataproduct']) {
      const answer = await get(`/products/${domain}/${name}/contract.yaml?format=${format}`);
      expect(answer.status(), `${domain}/${name} ${format}`).toBe(200);
      const checked = await (await post('/contracts/lint', { text: await answer.text() })).json();
      expect(checked, `${domain}/${name} ${format}`).toMatchObject({ ok: true, format });
    }
  }
  await page.context().close();
});
