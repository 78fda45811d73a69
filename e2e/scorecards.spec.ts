import type { Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { liveProduct } from './support/visits';

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const reached = (page: Page) =>
  page.getByRole('progressbar', { name: 'Products that reached the goal' });

test('a steward makes a campaign; an owner follows the next step, does it, and both see the level rise', async ({
  browser,
}) => {
  const [owner, steward] = await Promise.all([
    signedIn(browser, 'producer'),
    signedIn(browser, 'steward'),
  ]);
  const main = owner.getByRole('main');
  const name = unique('mature');
  const address = await liveProduct(owner, name, (data) => ({
    ...data,
    fields: (data.fields as object[]).map((field) => ({
      ...field,
      description: 'As it was told.',
    })),
  }));
  const scorecard = `/products/${address}/scorecard`;
  const understandable = main.locator('#understandable');
  await owner.goto(scorecard);
  await expect(understandable).toContainText('Bronze');
  await expect(understandable).toContainText('Neither purpose nor limits are written down.');
  await inspect(owner, 'scorecard');

  const title = `Say what it is for ${name}`;
  await test.step('the steward makes a campaign', async () => {
    await steward.goto('/insight/campaigns');
    await steward.getByRole('button', { name: 'New campaign' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Begin the campaign' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
    await dialog
      .getByRole('combobox', { name: 'Check' })
      .selectOption('Its documentation says what it is for, and what not');
    await dialog.getByRole('textbox', { name: 'Single products' }).fill(address);
    await dialog.getByLabel('Until').fill(day(20));
    await inspect(steward, 'campaign-dialog');
    await steward.setViewportSize({ width: 1280, height: 800 });
    await dialog.getByRole('button', { name: 'Begin the campaign' }).click();
    await expect(steward).toHaveURL(/\/insight\/campaigns\/[\w-]+/);
    // A worker counts its products; the page follows.
    await expect(steward.getByRole('main').getByText('Open', { exact: true })).toBeVisible();
    await expect(reached(steward)).toHaveAttribute('aria-valuenow', '0');
  });

  await test.step('the owner finds it at home, and the step on the scorecard', async () => {
    await owner.setViewportSize({ width: 1280, height: 800 });
    await owner.goto('/');
    await owner.getByRole('link', { name: `${title}: 1 of your products` }).click();
    await expect(owner).toHaveURL(/\/insight\/campaigns\/[\w-]+/);
    await main.getByRole('link', { name: `Visits ${name}` }).click();
    await expect(owner).toHaveURL(new RegExp(`${scorecard}$`));
    await expect(main.getByRole('link', { name: title })).toBeVisible();
    const step = main.getByRole('listitem').filter({ hasText: 'Lifts Understandable to Silver' });
    await step.getByRole('link', { name: /Write what it is for under a heading/ }).click();
    await expect(owner).toHaveURL(new RegExp(`${address}/documentation$`));
  });

  await test.step('the owner does it, and the level has risen', async () => {
    await owner.getByRole('button', { name: 'Edit' }).click();
    await owner
      .getByRole('textbox', { name: 'Documentation in Markdown' })
      .fill('One row per visit.\n\n## Purpose\n\nHow busy ports are.\n\n## Limits\n\nNo yachts.\n');
    await owner.getByRole('button', { name: 'Save' }).click();
    // The preview beside the editor has the words before they are saved.
    await expect(owner.getByRole('button', { name: 'Edit' })).toBeVisible();
    await expect(main.getByText('No yachts.').first()).toBeVisible();
    await owner.goto(scorecard);
    await expect(understandable).toContainText('Silver');
    await expect(understandable).toContainText('Purpose and limits are written down.');
  });

  await test.step('the steward counts, and closes the campaign', async () => {
    const page = steward.getByRole('main');
    await steward.getByRole('button', { name: 'Count now' }).click();
    await expect(reached(steward)).toHaveAttribute('aria-valuenow', '100');
    await expect(page.getByText('Its products are being counted')).toHaveCount(0);
    await expect(
      page.getByRole('row', { name: new RegExp(`Visits ${name}.*Reached`) }),
    ).toBeVisible();
    const course = page.getByRole('table', { name: /Products that reached the goal/ });
    await expect(course.getByRole('row').last()).toContainText('11');
    await inspect(steward, 'campaign');
    await steward.setViewportSize({ width: 1280, height: 800 });
    await steward.getByRole('button', { name: 'Close', exact: true }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Every product says what it is for.');
    await dialog.getByRole('button', { name: 'Close the campaign' }).click();
    await expect(page.getByText('Every product says what it is for.')).toBeVisible();
    await owner.goto('/');
    await expect(main.getByRole('link', { name: `${title}: 1 of your products` })).toHaveCount(0);
    await owner.goto(scorecard);
    await expect(
      main.getByText(/documentation says what it is for, and what not: passes now/),
    ).toBeVisible();
  });
  await Promise.all([owner.context().close(), steward.context().close()]);
});

test('a steward tries a check on real products, saves it, and archives it', async ({ browser }) => {
  const steward = await signedIn(browser, 'steward');
  const main = steward.getByRole('main');
  const name = unique('own');
  await steward.goto('/governance/checks?edit=new');
  await main.getByRole('textbox', { name: 'Title' }).fill(`Checked ${name}`);
  await main.getByRole('textbox', { name: 'Name' }).fill(name);
  await main
    .getByRole('textbox', { name: /When it passes/ })
    .fill('Each column says what it means, so that nobody guesses.');
  await main.getByRole('textbox', { name: /What its owner does/ }).fill('Describe the columns.');
  const editor = main.locator('.cm-content');
  await editor.fill('size(columns) >');
  await main.getByRole('button', { name: 'Try it' }).click();
  await expect(main.getByText(/This is not CEL: line 1:\d+/)).toBeVisible();
  await editor.fill('size(columns) > 5');
  await main.getByRole('button', { name: 'Try it' }).click();
  await expect(
    main.getByText(/\d+ of \d+ products pass, \d+ fail, 0 could not be computed/),
  ).toBeVisible();
  await inspect(steward, 'check-form');
  await steward.setViewportSize({ width: 1280, height: 800 });
  await main.getByRole('button', { name: 'Save' }).click();
  const row = main.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('In force');
  const { checks } = (await (await api(steward.context()).get('/insight/checks')).json()) as {
    checks: { id: string }[];
  };
  expect(checks.map(({ id }) => id)).toContain(name);
  await row.getByRole('button', { name: 'Archive' }).click();
  await steward.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await expect(row).toContainText('Archived');
  await steward.context().close();
});

test('a leader narrows the scorecards, and goes by domain', async ({ browser }) => {
  const leader = await signedIn(browser, 'consumer');
  const main = leader.getByRole('main');
  const steward = await signedIn(browser, 'steward');
  // A campaign begins with what is so now, which is recorded.
  const made = await api(steward.context()).post('/insight/campaigns', {
    ...{ title: unique('Gold'), goal: { kind: 'level', level: 3 }, domains: ['operations'] },
    deadline: day(5),
  });
  expect(made.status(), await made.text()).toBe(201);
  const { campaignId } = (await made.json()) as { campaignId: string };
  await expect
    .poll(async () => {
      const answer = await api(steward.context()).get(`/insight/campaigns/${campaignId}`);
      return ((await answer.json()) as { status: string }).status;
    })
    .toBe('open');
  await steward.context().close();
  await leader.goto('/insight/scorecards');
  const products = main.getByRole('table', { name: 'Products by level and property' });
  await expect(products.getByRole('row')).not.toHaveCount(1);
  await main.getByRole('combobox', { name: 'Check' }).selectOption('A steward certified it');
  await main.getByRole('combobox', { name: 'State' }).selectOption('passes');
  await main.getByRole('button', { name: 'Show' }).click();
  await expect(leader).toHaveURL(/check=certified/);
  await expect(products.getByRole('link', { name: 'US airports' })).toBeVisible();
  await inspect(leader, 'scorecards');
  await leader.setViewportSize({ width: 1280, height: 800 });
  await main.getByRole('link', { name: 'Domains', exact: true }).click();
  const domains = main.getByRole('table', { name: 'Domains by level and property' });
  await expect(domains.getByRole('link', { name: 'Operations' })).toBeVisible();
  await inspect(leader, 'scorecards-domains');
  await leader.setViewportSize({ width: 1280, height: 800 });
  await domains.getByRole('link', { name: 'Operations' }).click();
  await expect(leader).toHaveURL(/domain=operations/);
  await main.getByRole('link', { name: 'What changed' }).click();
  await expect(main.getByText(/The first recording: /).first()).toBeVisible();
  await expect(main.getByRole('table', { name: 'Products by level, day by day' })).toBeAttached();
  await leader.context().close();
});
