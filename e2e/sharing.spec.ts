import type { Page } from 'playwright/test';
import { db, setEnv } from '@/lib/core';
import { attach } from '@/lib/runtime/commands/attach';
import { inspect } from './support/inspect';
import { mailsTo } from './support/mails';
import { api, expect, portalHome, signedIn, test, unique } from './support/test';
import { watch } from './support/watch';

/** The portal's own database, to let days pass. */
test.beforeAll(async () => {
  setEnv({ PORTOLAN_HOME: portalHome() });
  await attach();
});

const main = (page: Page) => page.getByRole('main');
const announced = (page: Page) => page.getByRole('status').filter({ hasText: /^A short question/ });

/** Somebody who read rows two days ago, and again just now. */
async function reader(page: Page): Promise<string> {
  const { id } = (await (await api(page.context()).get('/me')).json()) as { id: string };
  const rows = await api(page.context()).get('/data/operations/airports/rows?limit=1');
  expect(rows.status()).toBe(200);
  await expect
    .poll(() => db().productReader.count({ where: { userId: id } }))
    .toBeGreaterThanOrEqual(1);
  await db().productReader.updateMany({
    where: { userId: id },
    data: { firstAt: new Date(Date.now() - 2 * 86_400_000) },
  });
  return id;
}

test('the survey asks once, at a quiet moment, and not again', async ({ browser }) => {
  // As if nobody had ever been asked: it runs twice in one portal too.
  await db().surveyAsk.deleteMany();
  await db().surveyAnswer.deleteMany();
  await db().surveyDay.deleteMany();
  const steward = await signedIn(browser, 'steward');
  const person = await signedIn(browser, 'consumer');
  const userId = await reader(person);
  await steward.goto('/insight/satisfaction');
  await steward.getByRole('button', { name: 'Set the survey' }).click();
  await steward.getByLabel('Ask people').check();
  await steward.getByLabel('Question').fill('How satisfied are you with this portal?');
  await inspect(steward, 'survey-dialog');
  await steward.getByRole('button', { name: 'Save' }).click();
  await expect(main(steward).getByText('The survey is on')).toBeVisible();

  const question = person.getByRole('group', { name: 'How satisfied are you with this portal?' });
  const asks = () => db().surveyAsk.count({ where: { userId } });
  await person.clock.install();

  await test.step('not over a dialog, and not beside a form that is half written', async () => {
    await person.goto('/settings/profile');
    // From here on time passes when the test says so.
    await person.clock.pauseAt(await person.evaluate(() => Date.now() + 2000));
    await person.keyboard.press('Control+k');
    await expect(person.getByRole('dialog')).toBeVisible();
    await person.clock.runFor(20_000);
    await person.waitForLoadState('networkidle');
    expect(await asks()).toBe(0);
    await person.keyboard.press('Escape');
    await expect(person.getByRole('dialog')).toHaveCount(0);
    await person.getByLabel('Current password').fill('half a passw');
    await person.clock.runFor(90_000);
    await person.waitForLoadState('networkidle');
    expect(await asks()).toBe(0);
    await expect(question).toHaveCount(0);
    await person.clock.resume();
  });

  await test.step('in a corner, without the focus', async () => {
    await person.goto('/');
    await person.clock.runFor(10_000);
    await expect(question).toBeVisible();
    await expect(announced(person)).toHaveCount(1);
    expect(await person.evaluate(() => document.activeElement === document.body)).toBe(true);
    await expect(person.getByText('Anonymous: nothing says that it was you')).toBeVisible();
    await inspect(person, 'survey');
  });

  await test.step('in one tab only', async () => {
    const other = await person.context().newPage();
    await other.goto('/');
    await expect(main(other)).toBeVisible();
    await other.clock.runFor(10_000);
    await expect(announced(other)).toHaveCount(0);
    await other.close();
  });

  await test.step('by keyboard, with a word', async () => {
    await person.setViewportSize({ width: 1280, height: 800 });
    await person.getByRole('radio', { name: '1, very dissatisfied' }).focus();
    for (let n = 0; n < 3; n += 1) await person.keyboard.press('ArrowRight');
    await expect(person.getByRole('radio', { name: '4, satisfied' })).toBeChecked();
    await person.getByLabel('Why?').fill('Rows come fast');
    await inspect(person, 'survey-answer');
    await person.getByRole('button', { name: 'Send' }).click();
    await expect(person.getByText('Thank you', { exact: true }).first()).toBeVisible();
    await expect(question).toHaveCount(0);
    await person.reload();
    await expect(main(person)).toBeVisible();
    await person.clock.runFor(70_000);
    await expect(announced(person)).toHaveCount(0);
    expect(await db().surveyAnswer.findMany({ select: { score: true, userId: true } })).toEqual([
      { score: 4, userId: null },
    ]);
  });

  await test.step('Escape skips it', async () => {
    const other = await signedIn(browser, 'data-admin');
    await reader(other);
    await other.clock.install();
    await other.goto('/');
    await other.clock.runFor(10_000);
    await expect(announced(other)).toHaveCount(1);
    await other.keyboard.press('Escape');
    await expect(announced(other)).toHaveCount(0);
    await expect.poll(async () => (await db().surveyDay.findFirstOrThrow()).skipped).toBe(1);
    await other.context().close();
  });

  await test.step('what comes of it: too little today, the figure when enough have come', async () => {
    await expect(main(steward).getByText('Fewer than 5 answers')).toBeVisible();
    const day = new Date(
      `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`,
    );
    await db().surveyDay.create({ data: { day, asked: 8, answered: 6, skipped: 1 } });
    await db().surveyAnswer.createMany({
      data: [5, 5, 4, 4, 2, 1].map((score) => ({
        ...{ id: unique('answer'), score, day, releasedOn: day },
        comment: score === 2 ? 'The search is slow' : '',
      })),
    });
    await steward.reload();
    await expect(
      main(steward).getByRole('link', { name: /Satisfaction in the survey 66.67%/ }),
    ).toBeVisible();
    await expect(
      main(steward).getByRole('link', { name: /Response rate of the survey 75%/ }),
    ).toBeVisible();
    await expect(
      main(steward).getByRole('row', { name: /5 · very satisfied 2 33%/ }),
    ).toBeVisible();
    await expect(
      main(steward).getByText('8 people were asked: 6 answered, 1 skipped, 1 did'),
    ).toBeVisible();
    await expect(main(steward).getByText('The search is slow')).toBeVisible();
    await inspect(steward, 'satisfaction-answers');
    await main(steward).getByRole('button', { name: 'Remove' }).click();
    await steward.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(main(steward).getByText('No comment in this period')).toBeVisible();
  });
  await api(steward.context()).put('/insight/survey', {
    ...{ isOn: false, question: 'How satisfied are you with this portal?' },
    ...{ isAnonymous: true, everyDays: 90 },
  });
  await person.context().close();
  await steward.context().close();
});

test('a share link shows figures in a signed-out browser until it is revoked', async ({
  browser,
  page: visitor,
}) => {
  const maker = await signedIn(browser, 'producer');
  const title = unique('For the board');
  await maker.goto('/insight/metrics/data_product_count?domain=operations');
  const figure = await main(maker).locator('p.text-3xl').innerText();
  await maker.getByRole('button', { name: 'Share' }).click();
  await maker.getByLabel('What it is for').fill(title);
  await inspect(maker, 'share-dialog');
  await maker.getByRole('button', { name: 'Create link' }).click();
  const { pathname } = new URL(await maker.getByTestId('secret').innerText());
  await maker.getByRole('button', { name: 'I have copied it' }).click();

  await test.step('figures, and no way into the portal', async () => {
    const response = await visitor.goto(pathname);
    expect(response?.headers()).toMatchObject({
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'referrer-policy': 'no-referrer',
    });
    await expect(visitor.getByRole('heading', { name: title })).toBeVisible();
    expect(await main(visitor).locator('p.text-3xl').innerText()).toBe(figure);
    await expect(main(visitor).getByRole('row', { name: /US airports/ })).toBeVisible();
    await expect(visitor.getByRole('link')).toHaveCount(0);
    await expect(visitor.locator('meta[name="robots"]').first()).toHaveAttribute(
      'content',
      /noindex/,
    );
    await inspect(visitor, 'shared-metric');
  });

  await test.step('the overview too', async () => {
    const made = await api(maker.context()).post('/insight/shares', { title, days: 7 });
    const { url } = (await made.json()) as { url: string };
    await visitor.goto(new URL(url).pathname);
    await expect(main(visitor).getByText('Lead time')).toBeVisible();
    await inspect(visitor, 'shared-all');
  });

  await test.step('until it is revoked', async () => {
    await maker.goto('/insight/shares');
    const row = main(maker).getByRole('row', { name: new RegExp(`${title} Data products`) });
    await expect(row).toContainText('the domain operations');
    await inspect(maker, 'insight-shares-made');
    await maker.setViewportSize({ width: 1280, height: 800 });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await maker.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(row).toContainText('Revoked');
    await visitor.goto(pathname);
    await expect(visitor.getByText('This link was revoked')).toBeVisible();
    await expect(visitor.getByText(title)).toHaveCount(0);
    await inspect(visitor, 'shared-revoked');
    await visitor.goto(`${pathname}x`);
    await expect(visitor.getByText('This link does not work')).toBeVisible();
  });
  await maker.context().close();
});

test('figures come by e-mail, as the preview said, and stop by one click', async ({
  browser,
  page: signedOut,
}) => {
  const person = await signedIn(browser, 'data-admin');
  const me = await api(person.context()).get('/me');
  const { id, email } = (await me.json()) as { id: string; email: string };
  await person.goto('/insight?domain=operations');
  const dashboards = person.getByRole('navigation', { name: 'Dashboards' });
  await dashboards.getByRole('link', { name: 'By e-mail' }).click();
  await expect(person.getByRole('textbox', { name: 'Of' })).toHaveValue('operations');
  await person.getByRole('button', { name: 'Preview' }).click();
  await expect(
    main(person)
      .getByText(/^Insight of the domain operations/)
      .first(),
  ).toBeVisible();
  await inspect(person, 'insight-digest-preview');
  await person.setViewportSize({ width: 1280, height: 800 });
  await person.getByRole('button', { name: 'Subscribe' }).click();
  const row = main(person).getByRole('row', {
    name: /the domain operations Every Monday at 08:00/,
  });
  await expect(row).toContainText('None yet');

  await db().insightDigest.updateMany({
    where: { userId: id },
    data: { nextAt: new Date(Date.now() - 1000) },
  });
  const mine = async () =>
    (await mailsTo(email)).filter(({ subject }) => subject.startsWith('Insight of'));
  await expect.poll(async () => (await mine()).length, { timeout: 100_000 }).toBe(1);
  const [mail] = await mine();
  expect(mail?.text).toMatch(/- Data products: \d+/);
  await person.reload();
  await expect(row).toContainText('sent');

  const look = await person.context().newPage();
  watch(look);
  await look.setContent(`<html lang="en"><title>mail</title><body>${mail?.html}</body></html>`);
  await look.screenshot({ path: 'test-results/pages/insight-digest-mail.png', fullPage: true });
  await expect(look.getByRole('row', { name: /^Data products \d+/ })).toBeVisible();

  const { pathname, search } = new URL(/\S+\/unsubscribe\?token=\S+/.exec(mail!.text)![0]);
  await signedOut.goto(pathname + search);
  await inspect(signedOut, 'unsubscribe-figures');
  await signedOut.getByRole('button', { name: 'Send me these figures no more' }).click();
  await expect(signedOut.getByText('You get these figures no more.')).toBeVisible();
  await person.reload();
  await expect(main(person).getByText('You get no figures by e-mail')).toBeVisible();
  await person.context().close();
});
