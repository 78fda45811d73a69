import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';

const PRODUCT = '/products/operations/airports';
const ADDRESS = 'operations/airports';

test('a consumer reads, reviews and asks; the owner answers and announces; the consumer is told', async ({
  browser,
}) => {
  test.slow();
  const owner = await signedIn(browser, 'producer');
  const consumer = await signedIn(browser, 'consumer');
  const steward = await signedIn(browser, 'steward');
  const mark = unique('said');
  const hostile = `${mark} <img src=x onerror=alert(1)> \u202e https://evil.example ${'w'.repeat(300)}`;

  await consumer.goto(`${PRODUCT}/community`);
  await expect(consumer.getByRole('button', { name: /my review/ })).toHaveCount(0);

  // A grant and a read make a consumer.
  await owner.goto(`${PRODUCT}/access`);
  await owner.getByLabel('Person').fill('consumer@portolan.example');
  await owner.getByLabel('Purpose').fill('planning');
  await owner
    .getByRole('button', { name: /Grant|Let/ })
    .last()
    .click();
  await expect(owner.getByText('planning').first()).toBeVisible();
  const rows = await api(consumer.context()).get(`/data/${ADDRESS}/rows?limit=1`);
  expect(rows.status()).toBe(200);

  await expect(async () => {
    await consumer.goto(`${PRODUCT}/community`);
    await expect(consumer.getByRole('button', { name: 'Publish my review' })).toBeVisible();
  }).toPass();
  await consumer.getByRole('radio', { name: /4 stars/ }).check({ force: true });
  await consumer.getByLabel('What others should know').fill(hostile);
  await consumer.getByRole('button', { name: 'Publish my review' }).click();
  const reviews = consumer.getByRole('main').locator('section', { hasText: 'Reviews' });
  await expect(reviews.getByRole('listitem').filter({ hasText: mark })).toContainText('<img src=x');
  await expect(consumer.getByRole('main').locator('img, a[href*="evil"]')).toHaveCount(0);
  await consumer.getByLabel('Ask the owner').fill(`${mark}: in which zone is the time?`);
  await consumer.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(consumer.getByRole('listitem').filter({ hasText: 'in which zone' })).toBeVisible();
  await inspect(consumer, 'product-community');

  // The owner is told, answers and announces.
  await owner.goto('/inbox?group=question');
  await owner.getByRole('link', { name: 'Somebody asks about US airports' }).first().click();
  await owner.waitForURL(`**${PRODUCT}/community`);
  const question = owner.getByRole('listitem').filter({ hasText: `${mark}: in which zone` });
  await question.getByRole('button', { name: 'Answer' }).click();
  await owner.getByRole('dialog').getByLabel('Your answer').fill('It has no time at all.');
  await inspect(owner, 'community-answer-dialog');
  await owner.getByRole('dialog').getByRole('button', { name: 'Answer' }).click();
  await expect(question).toContainText('It has no time at all.');
  await expect(question).toContainText('Answered');
  await owner.getByRole('button', { name: 'Announce' }).click();
  const dialog = owner.getByRole('dialog');
  await dialog.getByLabel('In a line').fill(`${mark}: columns will be renamed`);
  await dialog.getByRole('button', { name: 'Announce' }).click();
  await expect(dialog.getByLabel('Shown until')).toHaveAttribute('aria-invalid', 'true');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('Shown until').fill(tomorrow);
  await dialog.getByRole('button', { name: 'Announce' }).click();
  await expect(dialog).toBeHidden();
  await expect(owner.getByRole('region', { name: 'Announcements' })).toContainText(mark);
  await owner.goto(`${PRODUCT}/usage`);
  await expect(owner.getByRole('row', { name: /consumer@portolan/ })).toBeVisible();
  await inspect(owner, 'product-usage');

  // The consumer is told, accepts, and switches announcements off.
  await consumer.goto(`/inbox?product=${ADDRESS}`);
  await expect(
    consumer.getByRole('link', { name: `US airports: ${mark}: columns will be renamed` }),
  ).toBeVisible();
  await inspect(consumer, 'inbox-filtered');
  await consumer
    .getByRole('link', { name: 'Your question about US airports has an answer' })
    .first()
    .click();
  await consumer.waitForURL(`**${PRODUCT}/community`);
  await consumer.getByRole('button', { name: 'It helped: accept' }).first().click();
  await expect(consumer.getByText('Accepted').first()).toBeVisible();
  await consumer.getByRole('button', { name: 'Following' }).click();
  await consumer.getByLabel('Its owner announces something').uncheck();
  await inspect(consumer, 'follow-dialog');
  await consumer.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await expect(consumer.getByRole('dialog')).toBeHidden();
  await consumer.goto('/settings/notifications');
  await expect(consumer.getByRole('listitem').filter({ hasText: 'US airports' })).toContainText(
    '5 of 6 events',
  );
  await consumer.getByLabel('How often').selectOption('daily');
  await expect(consumer.getByText('Saved').first()).toBeVisible();

  // A steward hides what is reported, and the average forgets it.
  await owner.goto(`${PRODUCT}/community`);
  const review = owner.getByRole('listitem').filter({ hasText: '<img src=x' });
  await review.getByRole('button', { name: /Report the review/ }).click();
  await owner.getByLabel('What is wrong with it').fill('It is an attack');
  await owner.getByRole('dialog').getByRole('button', { name: 'Report' }).click();
  await expect(owner.getByRole('dialog')).toBeHidden();
  await steward.goto('/governance/reports?status=open');
  const report = steward.getByRole('listitem').filter({ hasText: mark });
  await expect(report).toContainText('It is an attack');
  await inspect(steward, 'reports');
  await report.getByRole('button', { name: 'Hide it' }).click();
  await steward.getByLabel('Why').fill('It is an attack indeed');
  await steward.getByRole('dialog').getByRole('button', { name: 'Hide it' }).click();
  await expect(report).toHaveCount(0);
  await owner.goto(`${PRODUCT}/community`);
  await expect(owner.getByText('Nobody has reviewed it yet')).toBeVisible();
});

test('the link of an e-mail that is not whole says so, signed out', async ({ page }) => {
  await page.goto('/unsubscribe?token=a.b.c');
  await expect(page.getByText('This link does not work')).toBeVisible();
  await inspect(page, 'unsubscribe-wrong');
});
