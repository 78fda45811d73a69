import { test as base, expect } from 'playwright/test';
import { inspect } from './support/inspect';
import { type Portal, startPortal, untilReady } from './support/portal';
import { watch } from './support/watch';

/** A portal of its own that nobody has used, without the demo organisation. */
const test = base.extend<object, { portal: Portal }>({
  portal: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
    async ({}, use) => {
      const portal = await untilReady(await startPortal({ PORTOLAN_DEMO: 'false' }));
      await use(portal);
      await portal.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('the first visitor becomes the platform admin, and nobody after', async ({
  page,
  portal,
  browser,
}) => {
  const problems = watch(page);
  await page.goto(portal.url);
  await page.waitForURL('**/setup');
  await expect(page.getByRole('heading', { name: 'Set up Portolan' })).toBeVisible();
  await inspect(page, 'setup');

  await page.getByLabel('Your name').fill('Mira Lund');
  await page.getByLabel('E-mail').fill('mira@harbour.example');
  await page.getByLabel('Password').fill('four words make sense');
  await page.getByRole('button', { name: 'Create the first admin' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Mira/ })).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await inspect(page, 'home-empty');

  await test.step('an empty portal offers the way on', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${portal.url}/domains/new`);
    await page.getByRole('textbox', { name: 'Title' }).fill('Fleet');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('fleet');
    await page.getByRole('button', { name: 'Create domain' }).click();
    await page.waitForURL('**/domains/fleet');
    await expect(page.getByRole('heading', { level: 1, name: 'Fleet' })).toBeVisible();
    await page.goto(`${portal.url}/catalog`);
    await inspect(page, 'catalogue-empty');
  });

  await test.step('setup is closed for whoever comes next', async () => {
    const stranger = await browser.newContext();
    const second = await stranger.newPage();
    await second.goto(`${portal.url}/setup`);
    await second.waitForURL('**/signin');
    await expect(second.getByText('Demo accounts')).toHaveCount(0);
    await second.getByLabel('E-mail').fill('mira@harbour.example');
    await second.getByLabel('Password').fill('four words make sense');
    await second.getByRole('button', { name: 'Sign in', exact: true }).click();
    await second.waitForURL(`${portal.url}/`);
    await stranger.close();
  });
  problems.expectNone();
});
