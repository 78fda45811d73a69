import type { Page } from 'playwright/test';
import { unsubscribeUrls } from '@/lib/alerts/unsubscribe/token';
import { setEnv } from '@/lib/core';
import { inspect } from './support/inspect';
import { api, expect, portalHome, signedIn, test, unique } from './support/test';
import { fullDraft } from './support/visits';

const CONSUMER = 'consumer@portolan.example';
const HOSTILE = `Late <img src=x onerror=alert(1)> \u202e https://evil.example/x ${'w'.repeat(300)}`;
const REVIEW = { hasText: 'Late <img src=x' };
const QUESTION = { hasText: 'In which zone is the time?' };

/** A product of its own, live. */
async function livePort(owner: Page): Promise<{ path: string; address: string; title: string }> {
  const name = unique('talk');
  const draftId = await fullDraft(owner.context(), name);
  const http = api(owner.context());
  const { rev } = (await (await http.get(`/drafts/${draftId}`)).json()) as { rev: number };
  const submitted = await http.post(`/drafts/${draftId}/submit`, { rev });
  expect(submitted.status(), await submitted.text()).toBeLessThan(300);
  const address = `operations/${name}`;
  await expect(async () => {
    expect((await http.get(`/data/${address}/rows?limit=1`)).status()).toBe(200);
  }).toPass();
  return { path: `/products/${address}`, address, title: `Visits ${name}` };
}

const item = (page: Page, of: { hasText: string }) => page.getByRole('listitem').filter(of).first();

test('a consumer reads, reviews and asks; the owner answers and announces; the consumer is told', async ({
  browser,
}) => {
  test.slow();
  const owner = await signedIn(browser, 'producer');
  const consumer = await signedIn(browser, 'consumer');
  const steward = await signedIn(browser, 'steward');
  const { path, address, title } = await livePort(owner);

  await test.step('a grant and a read make a consumer', async () => {
    await consumer.goto(`${path}/community`);
    await expect(consumer.getByText('Nobody has reviewed it yet')).toBeVisible();
    await expect(consumer.getByRole('button', { name: 'Publish my review' })).toHaveCount(0);
    await owner.goto(`${path}/access`);
    await owner.getByLabel('E-mail address').fill(CONSUMER);
    await owner.getByLabel('Purpose').fill('Planning of berths');
    await owner.getByRole('button', { name: 'Grant access' }).click();
    await expect(
      owner.getByText(`${CONSUMER} may read this product now`, { exact: true }),
    ).toBeVisible();
    const rows = await api(consumer.context()).get(`/data/${address}/rows?limit=1&select=port`);
    expect(rows.status()).toBe(200);
    await expect(async () => {
      await consumer.goto(`${path}/community`);
      await expect(consumer.getByRole('button', { name: 'Publish my review' })).toBeVisible();
    }).toPass();
  });

  await test.step('they review and ask; what they type stays text', async () => {
    await consumer.getByRole('button', { name: 'Publish my review' }).click();
    await expect(consumer.getByText('Choose one to five stars')).toBeVisible();
    await consumer.getByTitle('Good', { exact: true }).click();
    await consumer.getByLabel('What others should know').fill(HOSTILE);
    await consumer.getByRole('button', { name: 'Publish my review' }).click();
    await expect(item(consumer, REVIEW)).toContainText('4 of 5 stars');
    await expect(consumer.getByRole('main').locator('img, a[href*="evil"]')).toHaveCount(0);
    await consumer.getByLabel('Ask the owner').fill(QUESTION.hasText);
    await consumer.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(item(consumer, QUESTION)).toContainText('Open');
    await inspect(consumer, 'product-community');
  });

  await test.step('the owner is told, answers and announces', async () => {
    await owner.goto(`/inbox?product=${address}&group=question`);
    await owner.getByRole('link', { name: `Somebody asks about ${title}` }).click();
    await owner.waitForURL(`**${path}/community`);
    await item(owner, QUESTION).getByRole('button', { name: 'Answer' }).click();
    await owner.getByRole('dialog').getByLabel('Your answer').fill('It has days alone.');
    await inspect(owner, 'community-answer-dialog');
    await owner.getByRole('dialog').getByRole('button', { name: 'Answer' }).click();
    await expect(item(owner, QUESTION)).toContainText('It has days alone.');
    await owner.getByRole('button', { name: 'Announce' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('In a line').fill('Columns will be renamed');
    await dialog.getByRole('button', { name: 'Announce' }).click();
    await expect(dialog.getByLabel('Shown until')).toHaveAttribute('aria-invalid', 'true');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('Shown until').fill(tomorrow);
    await dialog.getByRole('button', { name: 'Announce' }).click();
    await expect(owner.getByRole('region', { name: 'Announcements' })).toContainText(
      'Columns will be renamed',
    );
    await owner.goto(`${path}/usage`);
    await expect(owner.getByRole('row', { name: /consumer@portolan/ })).toBeVisible();
    await expect(owner.getByRole('row', { name: /^port / })).toBeVisible();
    await inspect(owner, 'product-usage');
  });

  await test.step('the consumer is told, accepts, and chooses what else to be told', async () => {
    await consumer.goto(`/inbox?product=${address}`);
    await expect(
      consumer.getByRole('link', { name: `${title}: Columns will be renamed` }),
    ).toBeVisible();
    await inspect(consumer, 'inbox-filtered');
    await consumer
      .getByRole('link', { name: `Your question about ${title} has an answer` })
      .click();
    await consumer.waitForURL(`**${path}/community`);
    await consumer.getByRole('button', { name: 'It helped: accept' }).click();
    await expect(item(consumer, QUESTION)).toContainText('Accepted');
    await consumer.getByRole('button', { name: 'Following' }).click();
    await consumer.getByLabel('Its owner announces something').uncheck();
    await inspect(consumer, 'follow-dialog');
    await consumer.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
    await expect(consumer.getByRole('dialog')).toBeHidden();
    await consumer.goto('/settings/notifications');
    await expect(item(consumer, { hasText: title })).toContainText('5 of 6 events');
    await consumer.getByLabel('How often').selectOption('daily');
    await expect(consumer.getByText('Saved', { exact: true })).toBeVisible();
    await inspect(consumer, 'notifications-follows');
    await consumer.goto('/');
    await expect(consumer.getByRole('link', { name: title }).first()).toBeVisible();
    await inspect(consumer, 'home-consumer');
  });

  await test.step('a steward hides what is reported', async () => {
    await owner.goto(`${path}/community`);
    await item(owner, REVIEW)
      .getByRole('button', { name: /^Report the review/ })
      .click();
    await owner.getByLabel('What is wrong with it').fill('It is an attack');
    await owner.getByRole('dialog').getByRole('button', { name: 'Report' }).click();
    await expect(owner.getByRole('dialog')).toBeHidden();
    await steward.goto('/');
    await expect(steward.getByText('Texts that were reported')).toBeVisible();
    await inspect(steward, 'home-steward');
    await steward.goto('/governance/reports?status=open');
    await inspect(steward, 'reports');
    await item(steward, { hasText: title }).getByRole('button', { name: 'Hide it' }).click();
    await steward.getByLabel('Why').fill('It is an attack indeed');
    await steward.getByRole('dialog').getByRole('button', { name: 'Hide it' }).click();
    await expect(steward.getByText('No report waits')).toBeVisible();
    await owner.goto(`${path}/community`);
    await expect(owner.getByText('Nobody has reviewed it yet')).toBeVisible();
  });
});

test('the link in an e-mail stops such mail, signed out', async ({ browser, page }) => {
  const person = await signedIn(browser, 'data-admin');
  const { id } = (await (await api(person.context()).get('/me')).json()) as { id: string };
  setEnv({ PORTOLAN_HOME: portalHome() });
  const links = await unsubscribeUrls(id, {
    ...{ specversion: '1.0', id: 'x', source: 'x', type: 'portolan.slo.burning', time: '' },
    datacontenttype: 'application/json',
    data: { level: 'error', title: '', body: '', url: null },
  });
  const { pathname, search } = new URL(links.page);
  await page.goto(pathname + search);
  await inspect(page, 'unsubscribe');
  await page.getByRole('button', { name: /^No e-mail of this kind/ }).click();
  await expect(page.getByText('You get no more e-mail of this kind.')).toBeVisible();
  const preferences = await api(person.context()).get('/inbox/preferences');
  const { kinds } = (await preferences.json()) as { kinds: { kind: string; email: boolean }[] };
  expect(kinds.find(({ kind }) => kind === 'slo.burning')?.email).toBe(false);
});

test('the link of an e-mail that is not whole says so, signed out', async ({ page }) => {
  await page.goto('/unsubscribe?token=a.b.c');
  await expect(page.getByText('This link does not work')).toBeVisible();
  await inspect(page, 'unsubscribe-wrong');
});
