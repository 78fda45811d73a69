import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright/test';
import { dayAgo, writeReads } from './support/history';
import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { watch } from './support/watch';

/** Days that are over: what they come to is the same at each step. */
const DAYS = [209, 208, 207, 206, 205, 204, 203];
const [FROM, TO] = [dayAgo(209), dayAgo(203)].map((at) => at.toISOString().slice(0, 10)) as [
  string,
  string,
];
const EXPIRES_AFTER_MS = 7 * 86_400_000;
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

const numberIn = (text: string): number =>
  Number(text.replaceAll(',', '').match(/\d+(\.\d+)?/)?.[0] ?? Number.NaN);
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
/** What a column of a table holds, row by row. */
const column = (table: Locator, at: number) =>
  table
    .locator('tbody tr')
    .evaluateAll(
      (rows, cell) => rows.map((row) => (row as HTMLTableRowElement).cells[cell]!.innerText),
      at,
    );
const total = async (table: Locator, at: number) => sum((await column(table, at)).map(numberIn));
const figureOf = async (page: Page) =>
  numberIn(await page.getByRole('main').locator('p.text-3xl').innerText());
const rowOf = (table: Locator, name: string) =>
  table.getByRole('row', { name: new RegExp(`^${name}`) });
const inRow = async (table: Locator, name: string) =>
  numberIn(await rowOf(table, name).getByRole('cell').first().innerText());

/** A file that a link gives, line by line, without the names of its columns. */
async function linesOf(page: Page, link: Locator, name: string): Promise<string[]> {
  const file = page.waitForEvent('download');
  await link.click();
  const download = await file;
  expect(download.suggestedFilename()).toBe(name);
  const text = await readFile(await download.path(), 'utf8');
  return text.trimEnd().split('\r\n').slice(1);
}

/** Shares what the page shows. @returns the link's path */
async function share(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('without signing in');
  await dialog.getByLabel('What it is for').fill(title);
  await dialog.getByLabel('It works for').selectOption('7 days');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const { pathname } = new URL(await dialog.getByTestId('secret').innerText());
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  return pathname;
}

/** Somebody who has only the link. */
async function signedOut(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  watch(page);
  return page;
}

/** Words of every card; what "stands now" may be another a moment later. */
const wordsOf = async (cards: Locator) =>
  (await cards.allInnerTexts()).filter((text) => !text.includes('as it stands now')).sort();

test('a leader follows a number from the mesh to its rows, and shares it', async ({ browser }) => {
  await writeReads(['operations/airports', 'operations/bird-strikes', 'marketing/movies'], DAYS);
  const leader = await signedIn(browser, 'steward');
  const me = (await (await api(leader.context()).get('/me')).json()) as { platformRoles: string[] };
  expect(me.platformRoles).not.toContain('platform_admin');
  const main = leader.getByRole('main');
  await leader.goto('/insight');
  await main.getByText('Change', { exact: true }).click();
  await main.getByLabel(/^From/).fill(FROM);
  await main.getByLabel(/^To optional/).fill(TO);
  await main.getByRole('button', { name: 'Show' }).click();
  await expect(leader).toHaveURL(new RegExp(`from=${FROM}&to=${TO}`));
  const card = main.getByRole('listitem').getByRole('link', { name: /^Reads \d/ });
  const onCard = numberIn((await card.innerText()).replace('Reads', ''));
  expect(onCard).toBeGreaterThan(100);

  await test.step('the same figure, how it is computed, and its course in a table', async () => {
    await card.click();
    await expect(leader).toHaveURL(/\/insight\/metrics\/data_reads\?/);
    await expect(main.getByText('Reads that were answered with rows')).toBeVisible();
    await main.getByText('The query').click();
    await expect(main.getByText('from usage_day d')).toBeVisible();
    expect(await figureOf(leader)).toBe(onCard);
    await main.getByText('Table', { exact: true }).click();
    expect(await total(main.getByRole('table', { name: 'Reads by day' }), 1)).toBe(onCard);
    await expect(main.locator('[data-chart="data_reads"] [data-legend]')).toContainText(
      `Reads ${onCard}`,
    );
  });

  await test.step('domains add up to it, and products to their domain', async () => {
    const domains = main.getByRole('table', { name: 'Reads by domain' });
    expect(await total(domains, 1)).toBe(onCard);
    const inDomain = await inRow(domains, 'Operations');
    expect(inDomain).toBeLessThan(onCard);
    await domains.getByRole('link', { name: 'Operations' }).click();
    const products = main.getByRole('table', { name: 'Reads by product' });
    await expect(products).toBeVisible();
    expect([await figureOf(leader), await total(products, 1)]).toEqual([inDomain, inDomain]);
    const ofProduct = await inRow(products, 'US airports');
    await products.getByRole('link', { name: 'US airports' }).click();
    await expect(leader).toHaveURL(/product=airports/);
    await expect(products).toHaveCount(0);
    expect(await figureOf(leader)).toBe(ofProduct);
  });

  const figure = await figureOf(leader);
  await test.step('rows add up to the product, on the page and in the files', async () => {
    const rows = main.getByRole('table', { name: /^Rows behind the figure/ });
    expect(new Set(await column(rows, 1))).toEqual(new Set(['US airports']));
    expect(await total(rows, 3)).toBe(figure);
    const csv = main.getByRole('link', { name: 'CSV' });
    const facts = await linesOf(leader, csv.last(), 'data_reads-rows.csv');
    expect(facts).toHaveLength(DAYS.length);
    // The label has commas of its own; the number stands before the last one.
    expect(sum(facts.map((fact) => Number(fact.split(',').at(-2))))).toBe(figure);
    const points = await linesOf(leader, csv.first(), 'data_reads.csv');
    expect(sum(points.map((point) => Number(point.split(',')[1])))).toBe(figure);
  });

  const visitor = await signedOut(browser);
  await test.step('who has the link sees the same, signed out, until its day', async () => {
    const title = unique('For the board');
    const url = new URL(leader.url());
    await visitor.goto(url.origin + (await share(leader, title)));
    await expect(visitor.getByRole('heading', { name: title })).toBeVisible();
    expect(await figureOf(visitor)).toBe(figure);
    const lastDay = DAY.format(new Date(Date.now() + EXPIRES_AFTER_MS));
    await expect(visitor.getByText(`The link works until ${lastDay}`)).toBeVisible();
    await visitor.getByText('Table', { exact: true }).click();
    expect(await total(visitor.getByRole('table', { name: 'Reads by day' }), 1)).toBe(figure);
    await expect(visitor.getByText('operations/airports')).toBeVisible();
    await expect(visitor.getByRole('link')).toHaveCount(0);
    await inspect(visitor, 'shared-days');
  });

  await test.step('and every figure of the overview, as the leader has them', async () => {
    const url = new URL(leader.url());
    await leader.goto(`/insight${url.search}`);
    const groups = main.getByRole('region', { name: /^(Business value|How it)/ });
    const seen = await wordsOf(groups.getByRole('listitem'));
    expect(seen.length).toBeGreaterThan(15);
    expect(seen.find((text) => text.startsWith('Reads\n'))).toContain(String(figure));
    await visitor.goto(url.origin + (await share(leader, unique('All of it'))));
    await expect(visitor.getByRole('main').getByText('Reads', { exact: true })).toBeVisible();
    expect(await wordsOf(visitor.getByRole('main').getByRole('listitem'))).toEqual(seen);
  });
  await visitor.context().close();
  await leader.context().close();
});
