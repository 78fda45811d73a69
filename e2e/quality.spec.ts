import { inspect } from './support/inspect';
import { expect, signedIn, test, unique } from './support/test';
import { liveProduct } from './support/visits';

test('a rule fails, its rows go into quarantine, the rules run again and the incident is over', async ({
  browser,
}) => {
  test.slow();
  const page = await signedIn(browser, 'producer');
  // One suggestion is not taken in the wizard, so that the product's page has it to suggest.
  const address = await liveProduct(page, unique('quality'), (data) => ({
    ...data,
    quality: data.quality.slice(0, -1),
  }));
  const path = `/products/${address}/quality`;
  await page.goto(path);
  await expect(page.getByRole('table', { name: /Quality rules/ })).toBeVisible();

  await page.getByRole('button', { name: 'Look for rules' }).click();
  const suggestions = page.getByRole('list', { name: 'Suggestions' });
  await expect(suggestions).toContainText('The data has 500 rows');
  await inspect(page, 'quality-suggestions');
  await suggestions.getByRole('button', { name: 'Add: enough rows' }).click();
  await expect(page.getByText(/Nothing to suggest/)).toBeVisible();

  await page.getByRole('button', { name: 'Add rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Column').selectOption('cargo_tonnes');
  await inspect(page, 'quality-add-rule');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Run the rules' }).click();
  await expect(page.getByText('The results stand here in a moment.').first()).toBeVisible();
  const incident = page.getByRole('link', { name: 'cargo_tonnes never empty' });
  await expect(async () => {
    await page.reload();
    await expect(incident).toBeVisible();
  }).toPass();
  await inspect(page, 'quality-tab');

  await incident.click();
  await expect(page.getByText('10 of 500 rows break it.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show rows' }).click();
  await expect(dialog.getByRole('region', { name: 'Rows that broke the rule' })).toContainText(
    'null',
  );
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Assigned to').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Assign' }).click();
  await expect(page.getByRole('list', { name: 'History' })).toContainText('Given to');
  await page.getByLabel('Why it fails').fill('Ships in ballast carry nothing.');
  await page.getByRole('button', { name: 'Keep the cause' }).click();
  await expect(page.getByRole('list', { name: 'History' })).toContainText('Ships in ballast');
  await page.getByLabel('Comment').fill('They are taken out for now.');
  await page.getByRole('button', { name: 'Add the comment' }).click();
  await expect(page.getByRole('list', { name: 'History' })).toContainText('taken out for now');
  await inspect(page, 'quality-incident');

  await page.getByRole('button', { name: 'Mend the rows' }).click();
  await dialog.getByRole('radio', { name: /Roll back/ }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('No earlier snapshot is kept')).toBeVisible();
  await dialog.getByRole('radio', { name: /Fix/ }).click();
  await dialog.getByLabel('Takes the value’s place').fill('-1.5');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText(
    '10 rows are changed',
  );
  await inspect(page, 'quality-remedy');
  await dialog.getByRole('radio', { name: /Quarantine/ }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('490 of 500 rows');
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await expect(dialog).toBeHidden();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('It is over')).toBeVisible();
  }).toPass();
  await expect(page.getByRole('list', { name: 'History' })).toContainText('found it met');

  await page.goto(path);
  await expect(page.getByRole('table', { name: 'Side files in quarantine' })).toContainText('10');
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Quality of');
  await inspect(page, 'quality-report');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: /Print/ })).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toBeHidden();
  await page.context().close();
});
