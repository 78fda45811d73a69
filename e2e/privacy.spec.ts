import { expect, signedIn, test } from './support/test';

test('a person is exported, then erased; the receipt proves it', async ({ browser }) => {
  const steward = await signedIn(browser, 'steward');
  const main = steward.getByRole('main');
  const owner = await signedIn(browser, 'data-admin');
  const rows = '/api/v1/data/sales/customer-data-product/rows?limit=1&count=exact';
  const read = async () => {
    const answer = await owner.request.get(rows);
    const body = (await answer.json()) as { rows: { email: string }[] };
    return { count: Number(answer.headers()['x-total-count']), email: body.rows[0]!.email };
  };
  const before = await read();
  const identifier = before.email;

  async function ask(kind: string): Promise<void> {
    await steward.goto('/governance/privacy');
    await steward.getByRole('button', { name: 'New request' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByLabel('What the person asks for').selectOption({ label: kind });
    await dialog.getByLabel('Identifier').fill(identifier);
    await dialog.getByRole('button', { name: 'Begin the search' }).click();
    await expect(main.getByText('Waits for your decision')).toBeVisible();
    await expect(main.getByRole('row', { name: /sales\/customer-data-product/ })).toContainText(
      'email',
    );
  }

  await test.step('the archive holds what is known of the person', async () => {
    await ask('Portability (GDPR Art. 20)');
    await steward.getByRole('button', { name: 'Write the archive' }).click();
    await steward
      .getByRole('dialog')
      .getByRole('button', { name: 'Write the archive', exact: true })
      .click();
    const link = main.getByRole('link', { name: 'Download the archive' });
    await expect(link).toBeVisible();
    const answer = await steward.request.get((await link.getAttribute('href'))!);
    expect(answer.headers()['content-type']).toBe('application/zip');
    expect((await answer.body()).subarray(0, 2).toString()).toBe('PK');
  });

  await test.step('a product under a legal hold keeps its rows', async () => {
    await steward.goto('/governance/privacy/holds');
    await steward.getByRole('button', { name: 'Place a hold' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByLabel('What is held').fill('sales/no-such-product');
    await dialog.getByLabel('Reason').fill('An authority asked for it');
    await dialog.getByRole('button', { name: 'Place it' }).click();
    await expect(dialog.getByText('There is no sales/no-such-product.')).toBeVisible();
    await dialog.getByLabel('What is held').fill('sales/customer-data-product');
    await dialog.getByRole('button', { name: 'Place it' }).click();
    const row = main.getByRole('row', { name: /An authority asked for it/ });
    await expect(row).toBeVisible();
    await ask('Erasure (GDPR Art. 17)');
    await expect(main.getByText('Under a legal hold')).toBeVisible();
    await steward.getByRole('button', { name: 'Reject' }).click();
    await steward.getByLabel('Why it is rejected').fill('The product is under a legal hold');
    await steward.getByRole('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
    await expect(main.getByText('Rejected because')).toBeVisible();
    await steward.goto('/governance/privacy/holds');
    await row.getByRole('button', { name: 'Release' }).click();
    await steward.getByLabel('Why it ends').fill('The matter is over');
    await steward.getByRole('dialog').getByRole('button', { name: 'Release', exact: true }).click();
    await expect(main.getByText('No legal hold is in force')).toBeVisible();
  });

  await test.step('erasure takes the rows out and signs a receipt', async () => {
    await ask('Erasure (GDPR Art. 17)');
    await steward.getByRole('button', { name: 'Erase' }).click();
    await steward.getByRole('textbox', { name: /Type erase/ }).fill('erase');
    await steward.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
    await expect(main.getByText(/1 row erased/)).toBeVisible();
    const receipt = main.locator('pre');
    await expect(receipt).toBeVisible();
    const after = await read();
    expect(after.count).toBe(before.count - 1);
    expect(after.email).not.toBe(identifier);
    const text = await receipt.innerText();
    await steward.goto('/governance/privacy/verify');
    await steward.getByLabel('Receipt').fill(text);
    await steward.getByLabel('Identifier').fill(identifier);
    await steward.getByRole('button', { name: 'Verify' }).click();
    await expect(main.getByText('Signed here and unchanged')).toBeVisible();
    await expect(main.getByText('It is about the person with this identifier.')).toBeVisible();
  });
  await Promise.all([steward.context().close(), owner.context().close()]);
});

test('privacy requests are for stewards', async ({ browser }) => {
  const consumer = await signedIn(browser, 'consumer');
  await consumer.goto('/governance/privacy');
  await expect(
    consumer.getByRole('main').getByText('Privacy requests are for stewards'),
  ).toBeVisible();
  const refused = await consumer.request.get('/api/v1/privacy/requests');
  expect(refused.status()).toBe(403);
  await consumer.context().close();
});

test('what is too old is deleted, with a record that can be verified', async ({ browser }) => {
  const address = 'sales/customer-data-product';
  const steward = await signedIn(browser, 'steward');
  const main = steward.getByRole('main');
  await steward.goto('/governance/retention');
  await main.getByRole('link', { name: 'Customers', exact: true }).click();
  await expect(main.getByText('Rows that are too old now')).toBeVisible();
  await expect(steward.getByRole('button', { name: 'Delete now' })).toHaveCount(0);

  const column = main.getByLabel('Column');
  await column.selectOption('created_at');
  await main.getByRole('button', { name: 'Save' }).click();
  await expect(main.getByText('by created_at')).toBeVisible();
  await steward.getByRole('button', { name: 'Delete now' }).click();
  const dialog = steward.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  await dialog.getByRole('textbox').fill(address);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(main.getByRole('row', { name: /by hand Deleted/ })).toBeVisible();
  await expect(steward.getByRole('button', { name: 'Delete now' })).toHaveCount(0);

  const answer = await steward.request.get(`/api/v1/retention/${address}`);
  const { plan, runs } = (await answer.json()) as {
    plan: { rowsToDelete: number };
    runs: { rowsDeleted: number; receipt: string }[];
  };
  expect(plan.rowsToDelete).toBe(0);
  expect(runs[0]?.rowsDeleted).toBeGreaterThan(0);
  await steward.goto('/governance/privacy/verify');
  await steward.getByLabel('Receipt').fill(runs[0]!.receipt);
  await steward.getByRole('button', { name: 'Verify' }).click();
  await expect(main.getByText('Signed here and unchanged')).toBeVisible();

  await steward.goto(`/governance/retention/${address}`);
  await column.selectOption('');
  await main.getByRole('button', { name: 'Save' }).click();
  await expect(main.getByText('by the day of the load')).toBeVisible();
  await steward.context().close();
});
