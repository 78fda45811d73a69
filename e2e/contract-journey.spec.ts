import type { Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { isSaved, visitsCsv } from './support/visits';

const ONLY_BERGEN = 'port matches ^Bergen$';

async function submit(page: Page, draftId: string): Promise<void> {
  await page.goto(`/products/drafts/${draftId}?step=3`);
  await page.getByRole('button', { name: 'Submit and provision' }).click();
  await page.waitForURL('**/runs/**');
}

test('a product’s whole way: created, held at a gate, mended, tested, staged, promoted, broken by its next version, acknowledged, served twice, sunset', async ({
  browser,
}) => {
  test.setTimeout(480_000);
  const name = unique('port-calls');
  const address = `operations/${name}`;
  const lifecycle = `/products/${address}/lifecycle`;
  const versions = `/products/${address}/versions`;
  const producer = await signedIn(browser, 'producer');
  const consumer = await signedIn(browser, 'consumer');
  const rowsOf = (page: Page, query = '') =>
    api(page.context()).get(`/data/${address}/rows?limit=1${query}`);
  let draftId = '';

  await test.step('create: a file, its words, and a rule that its rows break', async () => {
    await producer.goto('/products/new');
    await producer.getByRole('button', { name: 'Start', exact: true }).click();
    await producer.waitForURL('**/products/drafts/**');
    draftId = new URL(producer.url()).pathname.split('/').at(-1) ?? '';
    await producer.getByRole('textbox', { name: 'Title' }).fill(`Calls ${name}`);
    await producer.getByLabel('Domain').selectOption('operations');
    await producer.getByRole('textbox', { name: /^Name/ }).fill(name);
    await producer
      .getByRole('textbox', { name: 'Description' })
      .fill('One row per call of a ship at a port.');
    await producer.getByRole('radio', { name: /^Internal/ }).check();
    await isSaved(producer);
    await producer.getByRole('button', { name: 'Continue' }).click();
    await producer.waitForURL('**step=2');
    await producer.getByRole('radio', { name: /A file/ }).check();
    const chooser = producer.waitForEvent('filechooser');
    await producer.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles({
      name: 'calls.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(visitsCsv(500)),
    });
    await expect(producer.getByText('500 rows · 5 columns')).toBeVisible();
    await producer.getByRole('button', { name: 'Add rule' }).click();
    const dialog = producer.getByRole('dialog');
    await dialog.getByLabel('What must hold').selectOption('pattern');
    await dialog.getByLabel('Column').selectOption('port');
    await dialog.getByRole('textbox', { name: /^Pattern\b/ }).fill('^Bergen$');
    await dialog.getByRole('button', { name: 'Add rule' }).click();
    await expect(producer.getByRole('checkbox', { name: ONLY_BERGEN })).toBeChecked();
    await isSaved(producer);
    await producer.getByRole('button', { name: 'Continue' }).click();
    await producer.waitForURL('**step=3');
    await producer.getByLabel('Documentation').fill('From the harbour masters.');
    await producer.getByLabel(/^Publish by itself/).uncheck();
    await isSaved(producer);
  });

  await test.step('fail: the quality gate holds it in testing', async () => {
    await submit(producer, draftId);
    await expect(producer.getByText('It stopped at a gate')).toBeVisible();
    await producer.getByRole('link', { name: 'Open its lifecycle' }).click();
    const gate = producer.getByRole('region', { name: 'Testing → staging' });
    await expect(gate).toContainText('Closed');
    await expect(gate).toContainText('accuracy threshold');
    await expect(producer.getByRole('button', { name: 'Promote to production' })).toBeDisabled();
    await inspect(producer, 'lifecycle-held');
  });

  await test.step('fix: the draft opens again and the rule goes', async () => {
    await producer.getByRole('button', { name: 'Edit the draft' }).click();
    await producer.getByRole('button', { name: 'Open the draft' }).click();
    await producer.waitForURL('**/runs/**');
    await expect(producer.getByText('It is taken back')).toBeVisible();
    await producer.goto(`/products/drafts/${draftId}?step=2`);
    // A rule that was added by hand is gone from the list when it is switched off.
    const rule = producer.getByRole('checkbox', { name: ONLY_BERGEN });
    await rule.click();
    await expect(rule).toHaveCount(0);
    await isSaved(producer);
  });

  await test.step('stage: every suite is green, staging answers, production does not', async () => {
    await submit(producer, draftId);
    await expect(producer.getByText('Every test is green')).toBeVisible();
    expect((await rowsOf(producer, '&environment=staging')).status()).toBe(200);
    expect((await rowsOf(producer)).status()).toBe(503);
  });

  await test.step('test: the suites run again on what is staged, and are kept', async () => {
    await producer.goto(lifecycle);
    await producer.getByRole('button', { name: 'Run the tests' }).click();
    await producer.waitForURL('**/runs/**');
    await expect(producer.getByText('Every test is green')).toBeVisible();
    await producer.goto(lifecycle);
    for (const suite of ['Unit', 'Integration', 'Quality', 'Performance']) {
      await expect(producer.getByRole('region', { name: `${suite} suite` }).first()).toContainText(
        'Passed',
      );
    }
  });

  await test.step('promote: by hand, and a consumer is let in', async () => {
    await producer.getByRole('button', { name: 'Promote to production' }).click();
    await producer.getByRole('button', { name: 'Promote', exact: true }).click();
    await producer.waitForURL('**/runs/**');
    await expect(producer.getByText('The product is live')).toBeVisible();
    const http = api(producer.context());
    const run = await http.get(`/runs/${producer.url().split('/').at(-1)}`);
    const { product } = (await run.json()) as { product: { id: string } };
    const granted = await http.post(`/products/${product.id}/grants`, {
      email: 'consumer@portolan.example',
      purpose: 'A report of port calls',
    });
    expect(granted.status(), await granted.text()).toBe(201);
    expect((await rowsOf(consumer)).status()).toBe(200);
  });

  await test.step('a contract from outside is put into the form, checked, and taken out again', async () => {
    const exported = await api(producer.context()).get(
      `/products/${address}/contract.yaml?format=odcs&version=1.0.0`,
    );
    expect(exported.status()).toBe(200);
    const contract = `${await exported.text()}price: { priceAmount: 3, priceCurrency: EUR }\n`;
    await producer.goto(versions);
    await expect(producer.getByRole('row', { name: /1\.0\.0.*In force/ })).toBeVisible();
    await producer.getByRole('link', { name: 'Propose a change' }).click();
    await expect(producer.getByText('Nothing changes.', { exact: true })).toBeVisible();
    await producer.getByRole('button', { name: 'Import a document' }).click();
    const dialog = producer.getByRole('dialog');
    await dialog.getByLabel('Document').fill(contract.replace('status: ', 'statuz: '));
    await dialog.getByRole('button', { name: 'Check document' }).click();
    await expect(dialog.getByText(/Line \d+/).first()).toBeVisible();
    await dialog.getByLabel('Document').fill(contract);
    await dialog.getByRole('button', { name: 'Check document' }).click();
    await inspect(producer, 'version-import-dialog');
    await dialog.getByRole('button', { name: 'Put into the form', exact: true }).click();
    await expect(producer.getByText(/From a document: Open Data Contract Standard/)).toBeVisible();
    await expect(producer.getByText(/It costs more, or is paid otherwise/)).toBeVisible();
    await expect(producer.getByLabel('Currency')).toHaveValue('EUR');
    await inspect(producer, 'version-import');
    await producer.getByRole('button', { name: 'Go back to the contract in force' }).click();
  });

  await test.step('break: the producer takes a column away and sees what that means', async () => {
    await expect(producer.getByText('Nothing changes.', { exact: true })).toBeVisible();
    await producer.getByRole('button', { name: 'Remove is_inspected' }).click();
    await expect(producer.getByText('1.0.0 → 2.0.0')).toBeVisible();
    await expect(producer.getByText('The field "is_inspected" (boolean) is gone.')).toBeVisible();
    await expect(
      producer.getByRole('row', { name: /Conny Tide.*Has to acknowledge/ }),
    ).toBeVisible();
    await inspect(producer, 'version-propose');
    await producer.getByLabel('Reason').fill('The harbour masters stopped recording inspections.');
    await producer.getByRole('button', { name: 'Propose version 2.0.0' }).click();
    await producer.waitForURL('**/versions');
    await expect(producer.getByText('The gate is closed')).toBeVisible();
    await expect(producer.getByRole('button', { name: 'Put in force' })).toBeDisabled();
    await inspect(producer, 'version-open');
  });

  await test.step('acknowledge: the consumer is told, reads what breaks and agrees', async () => {
    await consumer.goto('/inbox');
    await consumer
      .getByRole('link', { name: new RegExp(`${name} is to change`) })
      .first()
      .click();
    await expect(consumer.getByText('Your acknowledgement is asked for')).toBeVisible();
    await inspect(consumer, 'version-asked');
    await consumer.getByRole('button', { name: 'Acknowledge' }).click();
    const dialog = consumer.getByRole('dialog');
    await dialog.getByLabel('Note to the owner').fill('We never used it.');
    await dialog.getByRole('button', { name: 'Acknowledge' }).click();
    await expect(consumer.getByText('1 of 1 consumers have acknowledged.')).toBeVisible();
  });

  await test.step('both answer: the new version plainly, the old one by its number', async () => {
    await producer.reload();
    await expect(producer.getByText('We never used it.')).toBeVisible();
    await producer.getByRole('button', { name: 'Put in force' }).click();
    await producer.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click();
    await expect(producer.getByRole('row', { name: /2\.0\.0.*In force/ })).toBeVisible();
    await expect(producer.getByText(/Version 1\.0\.0 ends in 30 days/)).toBeVisible();
    await inspect(producer, 'versions');
    const plain = await rowsOf(consumer);
    expect(plain.status()).toBe(200);
    expect(plain.headers()).not.toHaveProperty('deprecation');
    const [now] = ((await plain.json()) as { rows: object[] }).rows;
    expect(Object.keys(now!)).toEqual(['visit_id', 'port', 'arrived_on', 'cargo_tonnes']);
    const pinned = await rowsOf(consumer, '&version=1');
    expect(pinned.status()).toBe(200);
    expect(pinned.headers().deprecation).toMatch(/^@\d+$/);
    expect(Date.parse(pinned.headers().sunset ?? '')).toBeGreaterThan(Date.now());
    const [old] = ((await pinned.json()) as { rows: object[] }).rows;
    expect(Object.keys(old!)).toContain('is_inspected');
    await producer.getByRole('link', { name: 'Since 1.0.0' }).click();
    await expect(producer.getByRole('heading', { level: 1, name: '1.0.0 → 2.0.0' })).toBeVisible();
    await expect(producer.getByText('The field "is_inspected" (boolean) is gone.')).toBeVisible();
    await inspect(producer, 'version-compare');
  });

  await test.step('sunset: the steward ends the old version; who asks for it is shown the way', async () => {
    const steward = await signedIn(browser, 'steward');
    await steward.goto(versions);
    await steward.getByRole('button', { name: 'End now' }).click();
    await steward.getByRole('dialog').getByLabel('Reason').fill('The one consumer has moved on.');
    await steward.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await expect.poll(async () => (await rowsOf(consumer, '&version=1')).status()).toBe(410);
    const gone = await rowsOf(consumer, '&version=1');
    const { detail } = (await gone.json()) as { detail: string };
    expect(detail).toContain('Version 2.0.0 is in force');
    expect((await rowsOf(consumer)).status()).toBe(200);
    await steward.reload();
    await expect(steward.getByRole('row', { name: /1\.0\.0.*Retired/ })).toBeVisible();
    await steward.context().close();
  });
  for (const one of [producer, consumer]) await one.context().close();
});
