import type { Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { fullDraft } from './support/visits';

/** A live product of the producer's, which the consumer holds a grant on. */
async function liveProduct(page: Page, name: string): Promise<string> {
  const http = api(page.context());
  const draftId = await fullDraft(page.context(), name);
  const { rev } = (await (await http.get(`/drafts/${draftId}`)).json()) as { rev: number };
  const submitted = await http.post(`/drafts/${draftId}/submit`, { rev });
  expect(submitted.status(), await submitted.text()).toBe(202);
  const { runId, productId } = (await submitted.json()) as { runId: string; productId: string };
  await page.goto(`/runs/${runId}`);
  await expect(page.getByText('The product is live')).toBeVisible();
  const granted = await http.post(`/products/${productId}/grants`, {
    email: 'consumer@portolan.example',
    purpose: 'A report of port calls',
  });
  expect(granted.status(), await granted.text()).toBe(201);
  return productId;
}

test('a breaking change: proposed, acknowledged, both versions answer, sunset', async ({
  browser,
}) => {
  test.slow();
  const name = unique('port-calls');
  const address = `operations/${name}`;
  const producer = await signedIn(browser, 'producer');
  const consumer = await signedIn(browser, 'consumer');
  const rows = (query = '') => api(consumer.context()).get(`/data/${address}/rows?limit=1${query}`);

  await test.step('the first version is in the history of the live product', async () => {
    await liveProduct(producer, name);
    await producer.goto(`/products/${address}/versions`);
    await expect(producer.getByRole('row', { name: /1\.0\.0.*In force/ })).toBeVisible();
  });

  await test.step('a contract from outside is put into the form, checked, and taken out again', async () => {
    const exported = await api(producer.context()).get(
      `/products/${address}/contract.yaml?format=odcs&version=1.0.0`,
    );
    expect(exported.status()).toBe(200);
    const contract = `${await exported.text()}price: { priceAmount: 3, priceCurrency: EUR }\n`;
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

  await test.step('the producer takes a column away and sees what that means', async () => {
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

  await test.step('the consumer is told, reads what breaks and acknowledges', async () => {
    await consumer.goto('/inbox');
    await consumer
      .getByRole('link', { name: new RegExp(`${name} is to change`) })
      .first()
      .click();
    await expect(consumer.getByText('Your acknowledgement is asked for')).toBeVisible();
    await inspect(consumer, 'version-asked');
    await consumer.getByRole('button', { name: 'Acknowledge' }).click();
    await consumer.getByRole('dialog').getByLabel('Note to the owner').fill('We never used it.');
    await consumer.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await expect(consumer.getByText('1 of 1 consumers have acknowledged.')).toBeVisible();
  });

  await test.step('the producer puts it in force, and both versions answer', async () => {
    await producer.reload();
    await expect(producer.getByText('We never used it.')).toBeVisible();
    await producer.getByRole('button', { name: 'Put in force' }).click();
    await producer.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click();
    await expect(producer.getByRole('row', { name: /2\.0\.0.*In force/ })).toBeVisible();
    await expect(producer.getByText(/Version 1\.0\.0 ends in 30 days/)).toBeVisible();
    await inspect(producer, 'versions');
    const plain = await rows();
    expect(plain.status()).toBe(200);
    expect(plain.headers()).not.toHaveProperty('deprecation');
    const [now] = ((await plain.json()) as { rows: object[] }).rows;
    expect(Object.keys(now!)).toEqual(['visit_id', 'port', 'arrived_on', 'cargo_tonnes']);
    const pinned = await rows('&version=1');
    expect(pinned.status()).toBe(200);
    expect(pinned.headers().deprecation).toMatch(/^@\d+$/);
    expect(Date.parse(pinned.headers().sunset ?? '')).toBeGreaterThan(Date.now());
    const [old] = ((await pinned.json()) as { rows: object[] }).rows;
    expect(Object.keys(old!)).toContain('is_inspected');
  });

  await test.step('the two are compared side by side', async () => {
    await producer.getByRole('link', { name: 'Since 1.0.0' }).click();
    await expect(producer.getByRole('heading', { level: 1, name: '1.0.0 → 2.0.0' })).toBeVisible();
    await expect(producer.getByText('The field "is_inspected" (boolean) is gone.')).toBeVisible();
    await inspect(producer, 'version-compare');
  });

  await test.step('the steward ends the old version; whoever asks for it is shown the way', async () => {
    const steward = await signedIn(browser, 'steward');
    await steward.goto(`/products/${address}/versions`);
    await steward.getByRole('button', { name: 'End now' }).click();
    await steward.getByRole('dialog').getByLabel('Reason').fill('The one consumer has moved on.');
    await steward.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await expect
      .poll(async () => (await rows('&version=1')).status(), { timeout: 15_000 })
      .toBe(410);
    const { detail } = (await (await rows('&version=1')).json()) as { detail: string };
    expect(detail).toContain('Version 2.0.0 is in force');
    expect((await rows()).status()).toBe(200);
    await steward.reload();
    await expect(steward.getByRole('row', { name: /1\.0\.0.*Retired/ })).toBeVisible();
    await steward.context().close();
  });
  for (const one of [producer, consumer]) await one.context().close();
});
