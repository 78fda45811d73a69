import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { liveProduct } from './support/visits';

/** The amount that a text begins with, after its currency. */
const amount = (text: string): number =>
  Number(/EUR\s([\d.,]+)/.exec(text)?.[1]?.replaceAll(',', ''));

test('an administrator doubles a price, and a leader follows what it changes to the rows', async ({
  browser,
}) => {
  const leader = await signedIn(browser, 'steward');
  const main = leader.getByRole('main');
  await leader.goto('/insight/cost?domain=operations&range=7d');
  const kinds = main.getByRole('table', { name: 'Cost by kind', exact: true });
  const storage = kinds
    .getByRole('row', { name: /Cost of storage/ })
    .getByRole('cell')
    .first();
  const before = amount(await storage.innerText());
  expect(before).toBeGreaterThan(0);

  const admin = await signedIn(browser, 'admin');
  const prices = admin.getByRole('main');
  await admin.goto('/insight/cost/prices');
  const versions = prices.getByRole('table', { name: /Versions of the prices/ });
  const count = await versions.locator('tbody tr').count();

  await test.step('what is written wrongly is named, and nothing is saved', async () => {
    await prices.getByLabel('A gigabyte served').fill('-1');
    await prices.getByRole('button', { name: 'See what they change' }).click();
    await expect(prices.getByText('A price is zero or more')).toBeVisible();
    await expect(prices.getByRole('button', { name: 'Save these prices' })).toHaveCount(0);
  });

  await test.step('the preview says what the last 30 days come to, before anything is saved', async () => {
    const field = prices.getByLabel('A gigabyte stored for 30 days');
    const price = Number(await field.inputValue());
    await prices.getByLabel('A gigabyte served').fill('120');
    await field.fill(String(price * 2));
    const past = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
    await prices.getByLabel('In force from').fill(past);
    await prices.getByRole('button', { name: 'See what they change' }).click();
    const preview = prices.getByRole('table', { name: 'The last 30 days before and after' });
    const cells = preview.getByRole('row', { name: /Storage/ }).getByRole('cell');
    await expect(cells).toHaveCount(2);
    const [was, will] = (await cells.allInnerTexts()).map(amount);
    expect(will! / was!).toBeCloseTo(2, 1);
    await expect(prices.getByText('30 of the last 30 days get these prices.')).toBeVisible();
    await expect(versions.locator('tbody tr')).toHaveCount(count);
    // Another price needs another preview.
    await prices.getByLabel('An hour of loading').fill('91');
    await expect(preview).toHaveCount(0);
    await prices.getByLabel('An hour of loading').fill('90');
    await prices.getByRole('button', { name: 'See what they change' }).click();
    await prices.getByLabel('Reason').fill('The supplier asks twice as much');
    await prices.getByRole('button', { name: 'Save these prices' }).click();
    await expect(versions.locator('tbody tr')).toHaveCount(count + 1);
    await expect(
      versions.getByRole('row', { name: /in force The supplier asks twice as much/ }),
    ).toBeVisible();
  });

  await test.step('the leader sees the change, and the same amount in the metric and its rows', async () => {
    await leader.reload();
    expect(amount(await storage.innerText()) / before).toBeCloseTo(2, 1);
    await kinds.getByRole('link', { name: 'Cost of storage' }).click();
    await expect(leader).toHaveURL(/metrics\/storage_cost\?domain=operations&range=7d/);
    const figure = amount(await main.locator('p.text-3xl').innerText());
    expect(figure / before).toBeCloseTo(2, 1);
    const answer = await api(leader.context()).get(
      '/insight/metrics/storage_cost/rows?domain=operations&range=7d',
    );
    const { rows } = (await answer.json()) as { rows: { num: number; label: string }[] };
    const sum = rows.reduce((all, row) => all + row.num, 0);
    expect(sum / figure).toBeCloseTo(1, 1);
    expect(rows.every((row) => /^stored \d+ bytes$/.test(row.label))).toBe(true);
    await expect(main.getByText(/^stored \d+ bytes$/).first()).toBeVisible();
  });
  await admin.context().close();
  await leader.context().close();
});

test('two products of the same file are found, told apart with a reason, and listed again', async ({
  browser,
}) => {
  const producer = await signedIn(browser, 'producer');
  const main = producer.getByRole('main');
  const names = [unique('alike'), unique('alike')];
  const addresses: string[] = [];
  for (const name of names) addresses.push(await liveProduct(producer, name));
  const list = async () => {
    const { duplicates } = (await (
      await api(producer.context()).get('/insight/duplicates?domain=operations')
    ).json()) as { duplicates: { a: { address: string }; b: { address: string } }[] };
    return duplicates.some(({ a, b }) =>
      [a, b].every(({ address }) => addresses.includes(address)),
    );
  };
  await expect.poll(list, { timeout: 90_000 }).toBe(true);
  await producer.goto('/insight/cost/duplicates?domain=operations');
  const pair = main
    .getByRole('listitem')
    .filter({ hasText: `Visits ${names[0]}` })
    .filter({ hasText: `Visits ${names[1]}` });
  await expect(pair).toContainText('100% alike; 100% of the values');
  await expect(pair.getByText('arrived_on: 100% of values')).toBeVisible();
  await inspect(producer, 'cost-duplicates-found');
  await producer.setViewportSize({ width: 1280, height: 800 });

  await pair.getByRole('button', { name: 'Not a duplicate' }).click();
  await producer.getByRole('button', { name: 'Dismiss' }).click();
  await expect(producer.getByText('Say in a few words what tells them apart')).toBeVisible();
  await producer.getByLabel('What tells them apart').fill('One is kept for the auditors');
  await producer.getByRole('button', { name: 'Dismiss' }).click();
  await expect(pair).toHaveCount(0);
  await main.getByRole('link', { name: 'Dismissed' }).click();
  await expect(pair).toContainText('One is kept for the auditors');
  await pair.getByRole('button', { name: 'List again' }).click();
  await expect(pair).toHaveCount(0);
  await producer.context().close();
});
