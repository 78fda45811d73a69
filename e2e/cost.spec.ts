import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { liveProduct } from './support/visits';

/** The amount that a text begins with, after its currency. */
const amount = (text: string): number =>
  Number(/EUR\s([\d.,]+)/.exec(text)?.[1]?.replaceAll(',', ''));

test('an administrator raises a price a hundredfold, and a leader follows what it changes to the rows', async ({
  browser,
}) => {
  const leader = await signedIn(browser, 'steward');
  const main = leader.getByRole('main');
  await leader.goto('/insight/cost?domain=legal&range=7d');
  const kinds = main.getByRole('table', { name: 'Cost by kind', exact: true });
  const computing = kinds
    .getByRole('row', { name: /Cost of computing/ })
    .getByRole('cell')
    .first();
  await expect(computing).toContainText('EUR');
  // What is stored costs more by the minute; what was loaded is over.
  const rowsOf = async () => {
    const path = '/insight/metrics/compute_cost/rows?domain=legal&range=7d';
    const { rows } = (await (await api(leader.context()).get(path)).json()) as {
      rows: { num: number; label: string }[];
    };
    return rows;
  };
  const sumOf = (rows: { num: number }[]) => rows.reduce((all, row) => all + row.num, 0);
  const before = sumOf(await rowsOf());
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
    await prices.getByLabel('A gigabyte served').fill('120');
    for (const name of ['An hour of loading', 'An hour of quality checks']) {
      const field = prices.getByLabel(name);
      await field.fill(String(Number(await field.inputValue()) * 100));
    }
    const past = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
    await prices.getByLabel('In force from').fill(past);
    await prices.getByRole('button', { name: 'See what they change' }).click();
    const preview = prices.getByRole('table', { name: 'The last 30 days before and after' });
    const cells = preview.getByRole('row', { name: /Loads/ }).getByRole('cell');
    await expect(cells).toHaveCount(2);
    const [was, will] = (await cells.allInnerTexts()).map(amount);
    // As it is was rounded to a hundredth.
    expect(Math.abs(will! / 100 - was!)).toBeLessThan(0.006);
    await expect(prices.getByText('30 of the last 30 days get these prices.')).toBeVisible();
    await expect(versions.locator('tbody tr')).toHaveCount(count);
    // Another price needs another preview.
    const served = prices.getByLabel('A gigabyte served');
    await served.fill('121');
    await expect(preview).toHaveCount(0);
    await served.fill('120');
    await prices.getByRole('button', { name: 'See what they change' }).click();
    await prices.getByLabel('Reason').fill('The supplier asks for more');
    await prices.getByRole('button', { name: 'Save these prices' }).click();
    await expect(versions.locator('tbody tr')).toHaveCount(count + 1);
    await expect(
      versions.getByRole('row', { name: /in force The supplier asks for more/ }),
    ).toBeVisible();
  });

  await test.step('the leader sees the change, and the same amount in the metric and its rows', async () => {
    await leader.reload();
    const after = before * 100;
    await expect(computing).toContainText('EUR');
    expect(amount(await computing.innerText()) / after).toBeCloseTo(1, 1);
    await kinds.getByRole('link', { name: 'Cost of computing' }).click();
    await expect(leader).toHaveURL(/metrics\/compute_cost\?domain=legal&range=7d/);
    const figure = amount(await main.locator('p.text-3xl').innerText());
    const rows = await rowsOf();
    expect(sumOf(rows) / figure).toBeCloseTo(1, 1);
    expect(figure / after).toBeCloseTo(1, 1);
    expect(rows.every(({ label }) => /loaded for|checked for|reads of/.test(label))).toBe(true);
    await expect(main.getByText(/loaded for [\d.]+ s/).first()).toBeVisible();
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

test('the days and the comparison of an address hold on the page of costs too', async ({
  browser,
}) => {
  const page = await signedIn(browser, 'producer');
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const days = `from=${day(9)}&to=${day(3)}`;
  await page.goto(`/insight?compare=none&${days}`);
  await page.getByRole('link', { name: 'Cost', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/insight/cost\\?.*${days}`));
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { name: 'Cost', level: 1 })).toBeVisible();
  await main.getByText('Change').click();
  await expect(main.getByLabel('From')).toHaveValue(day(9));
  await expect(main.getByLabel('To')).toHaveValue(day(3));
  await expect(main.getByLabel('Compare with')).toHaveValue('none');
  const csv = main.getByRole('link', { name: 'CSV' }).first();
  await expect(csv).toHaveAttribute('href', new RegExp(`compare=none&${days}`));
  await expect(page.getByRole('link', { name: 'Value', exact: true })).toHaveAttribute(
    'href',
    new RegExp(days),
  );
});
