import { inspect } from './support/inspect';
import { expect, signedIn, test, unique } from './support/test';

test('a term is written, approved, linked and found; deleted and brought back', async ({
  browser,
}) => {
  test.slow();
  const steward = await signedIn(browser, 'steward');
  const consumer = await signedIn(browser, 'consumer');
  const name = unique('Rainfall');
  const synonym = unique('drizzle');

  await test.step('a steward writes it, is told what is missing, and approves it', async () => {
    await steward.goto('/glossary');
    await steward.getByRole('button', { name: 'New term' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByLabel('Term', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Write it' }).click();
    await expect(dialog.getByLabel('What it means')).toHaveAttribute('aria-invalid', 'true');
    await inspect(steward, 'glossary-dialog');
    await dialog.getByLabel('What it means').fill('Water that falls in a day, in millimetres.');
    await dialog.getByLabel('Synonyms').fill(`${synonym}, wet weather`);
    await dialog.getByLabel('Related terms').fill('Arrival delay');
    await dialog.getByRole('button', { name: 'Write it' }).click();
    await expect(steward.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(steward.getByRole('link', { name: 'Arrival delay' })).toBeVisible();
    await steward.getByRole('button', { name: 'Approve' }).click();
    await expect(
      steward.getByRole('main').getByText('Approved', { exact: true }).first(),
    ).toBeVisible();
    await expect(steward.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  });

  await test.step('a product is linked, and the synonym finds it at once', async () => {
    await steward.getByRole('button', { name: 'Link a product' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Product' }).fill('weather');
    await dialog.getByRole('option', { name: 'Seattle weather' }).click();
    await expect(dialog.getByRole('combobox', { name: 'Product' })).toHaveValue(
      'operations/seattle-weather',
    );
    await dialog.getByRole('combobox', { name: 'Column' }).fill('rain');
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    await expect(dialog.getByText('has no column rain')).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Column' }).fill('prec');
    await expect(dialog.getByRole('option', { name: 'precipitation' })).toBeVisible();
    await inspect(steward, 'glossary-link-suggestions');
    await steward.keyboard.press('Escape');
    await expect(dialog.getByRole('option')).toHaveCount(0);
    await dialog.getByRole('combobox', { name: 'Column' }).press('ArrowDown');
    await dialog.getByRole('combobox', { name: 'Column' }).press('ArrowDown');
    await dialog.getByRole('combobox', { name: 'Column' }).press('Enter');
    await expect(dialog.getByRole('combobox', { name: 'Column' })).toHaveValue('precipitation');
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    await expect(steward.getByRole('row', { name: 'Seattle weather' })).toContainText(
      'precipitation',
    );
    await inspect(steward, 'glossary-term-linked');
    await consumer.goto(`/catalog?q=${encodeURIComponent(synonym)}`);
    const why = consumer.getByLabel('Why this matched');
    await expect(why).toContainText('Glossary term');
    await expect(why).toContainText(name);
    await consumer.goto('/products/operations/seattle-weather/schema');
    await consumer.getByRole('link', { name }).click();
    await expect(consumer.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(consumer.getByRole('button', { name: 'Edit' })).toHaveCount(0);
  });

  await test.step('deleted it is found no more; undo brings it back with its links', async () => {
    await steward.setViewportSize({ width: 1280, height: 800 });
    await steward.getByRole('button', { name: 'Delete' }).click();
    await steward.waitForURL('**/glossary');
    await steward.getByRole('button', { name: 'Undo' }).click();
    await expect(steward.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(steward.getByRole('row', { name: 'Seattle weather' })).toBeVisible();
  });
  await steward.context().close();
  await consumer.context().close();
});
