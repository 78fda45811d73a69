import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';

const WEATHER = '/products/operations/seattle-weather';
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a steward certifies a product, which is found by it until that is taken back', async ({
  browser,
}) => {
  test.slow();
  const steward = await signedIn(browser, 'steward');
  const consumer = await signedIn(browser, 'consumer');
  const [reason, why] = [unique('Compared with the station'), unique('The station was wrong')];

  await test.step('with a reason and a day within a year', async () => {
    await steward.goto(WEATHER);
    await steward.getByRole('button', { name: 'Certify' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByLabel('Until').fill(inDays(500));
    await dialog.getByLabel('Why it can be relied on').fill(reason);
    await dialog.getByRole('button', { name: 'Certify' }).click();
    await expect(dialog.getByText('Choose a day within a year.').first()).toBeVisible();
    await inspect(steward, 'certify-dialog');
    await dialog.getByLabel('Until').fill(inDays(200));
    await dialog.getByRole('button', { name: 'Certify' }).click();
    await expect(steward.getByText(/Certified until/).first()).toBeVisible();
    await expect(steward.getByRole('button', { name: 'Renew' })).toBeVisible();
  });

  await test.step('everybody sees it, and finds it by the filter', async () => {
    await consumer.goto('/catalog?certified=yes');
    const main = consumer.getByRole('main');
    await expect(main.getByRole('link', { name: 'Seattle weather' })).toBeVisible();
    await expect(main.getByText(/Certified until/).first()).toBeVisible();
    await inspect(consumer, 'catalogue-certified');
    await consumer.goto(WEATHER);
    await expect(consumer.getByText(reason)).toBeVisible();
    await expect(consumer.getByRole('button', { name: 'Withdraw' })).toHaveCount(0);
  });

  await test.step('withdrawn it is gone at once, and its history stays', async () => {
    await steward.setViewportSize({ width: 1280, height: 800 });
    await steward.getByRole('button', { name: 'Withdraw' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(why);
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    await expect(steward.getByText('No steward’s certification stands now.')).toBeVisible();
    await steward.getByText(/Earlier certifications/).click();
    await expect(steward.getByText(why)).toBeVisible();
    await inspect(steward, 'certification-history');
    await consumer.goto('/catalog?certified=yes');
    await expect(
      consumer.getByRole('main').getByRole('link', { name: 'Seattle weather' }),
    ).toHaveCount(0);
  });
  await steward.context().close();
  await consumer.context().close();
});

test('tags are offered while one types, approved, renamed and merged by a steward', async ({
  browser,
}) => {
  test.slow();
  const steward = await signedIn(browser, 'steward');
  const producer = await signedIn(browser, 'producer');
  const [first, second] = [unique('tide'), unique('current')];

  await test.step('a producer is offered the tags of the vocabulary', async () => {
    const draft = await api(producer.context()).post('/drafts', { template: 'batch_analytics' });
    const { id } = await draft.json();
    await producer.goto(`/products/drafts/${id}?step=1`);
    const field = producer.getByRole('combobox', { name: /Tags/ });
    await field.fill('aviatoin');
    const option = producer.getByRole('option', { name: /aviation/ });
    await expect(option).toBeVisible();
    await inspect(producer, 'wizard-tags');
    await field.press('ArrowDown');
    await field.press('Enter');
    await expect(field).toHaveValue('aviation, ');
  });

  await test.step('a steward adds two and merges one into the other', async () => {
    await steward.goto('/governance/tags');
    for (const name of [first, second]) {
      await steward.getByRole('button', { name: 'New tag' }).click();
      const dialog = steward.getByRole('dialog');
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByLabel('What it tells').fill('How the sea moves.');
      if (name === first) await inspect(steward, 'tag-dialog');
      await dialog.getByRole('button', { name: 'Add it' }).click();
      await expect(dialog).toHaveCount(0);
    }
    await steward.setViewportSize({ width: 1280, height: 800 });
    await steward.goto(`/governance/tags?q=${first}`);
    await steward.getByRole('button', { name: `More about ${first}` }).click();
    await steward.getByRole('menuitem', { name: 'Merge or retire' }).click();
    const dialog = steward.getByRole('dialog');
    await expect(dialog.getByText('0 products will have it no more.')).toBeVisible();
    await dialog.getByLabel('In favour of').fill(second);
    await dialog.getByRole('option', { name: second }).click();
    await expect(dialog.getByText(`0 products will carry “${second}” in its place.`)).toBeVisible();
    await inspect(steward, 'tag-merge-dialog');
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await expect(steward.getByText(`Use ${second}`)).toBeVisible();
  });
  await steward.context().close();
  await producer.context().close();
});
