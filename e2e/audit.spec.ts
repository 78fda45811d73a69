import { inspect } from './support/inspect';
import { expect, signedIn, test, unique } from './support/test';

test('a steward filters, saves and shares the search, reads a change, exports and verifies', async ({
  browser,
}) => {
  const name = unique('Titles');
  const title = `Finance ${unique('and money')}`;
  const admin = await signedIn(browser, 'admin');
  await admin.goto('/domains/finance');
  await admin.getByRole('button', { name: 'Edit' }).first().click();
  const before = await admin.getByRole('textbox', { name: 'Title' }).inputValue();
  await admin.getByRole('textbox', { name: 'Title' }).fill(title);
  await admin.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('heading', { name: title })).toBeVisible();

  const steward = await signedIn(browser, 'steward');
  await test.step('filter, and keep the search', async () => {
    await steward.goto('/governance/audit');
    await steward.getByRole('combobox', { name: 'Action' }).fill('domain.');
    await steward.getByRole('textbox', { name: 'Actor' }).fill('admin@portolan.example');
    await steward.getByRole('button', { name: 'Apply' }).click();
    await steward.waitForURL('**action=domain.**');
    await steward.getByRole('button', { name: 'Save this search' }).click();
    await inspect(steward, 'audit-save-dialog');
    await steward.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name);
    await steward.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await expect(steward.getByRole('link', { name })).toHaveAttribute('aria-current', 'true');
  });

  await test.step('the change says what it did', async () => {
    const row = steward.getByRole('row').filter({ hasText: 'domain.update' }).first();
    await row.getByRole('link', { name: 'domain.update' }).click();
    const changes = steward.getByRole('table', { name: 'What changed' });
    await expect(changes.getByRole('row', { name: /^title/ })).toContainText(before);
    await expect(changes.getByRole('row', { name: /^title/ })).toContainText(title);
    await inspect(steward, 'audit-event');
    await steward.getByRole('button', { name: 'Close' }).click();
    await expect(steward.getByRole('dialog')).toBeHidden();
  });

  await test.step('shared, it is there for others; renamed; deleted and brought back', async () => {
    const menu = (of: string) => steward.getByRole('button', { name: `“${of}”: more` });
    await menu(name).click();
    await steward.getByRole('menuitem', { name: 'Share' }).click();
    await expect(steward.getByRole('link', { name: `${name} (shared)` })).toBeVisible();
    await admin.goto('/governance/audit');
    await admin.getByRole('link', { name: `${name} (shared)` }).click();
    await admin.waitForURL('**action=domain.**');
    await expect(admin.getByRole('button', { name: `“${name}”: more` })).toHaveCount(0);
    await menu(name).click();
    await steward.getByRole('menuitem', { name: 'Rename' }).click();
    const dialog = steward.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(`${name} 2`);
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(dialog).toBeHidden();
    await inspect(steward, 'audit-saved');
    await menu(`${name} 2`).click();
    await steward.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(menu(`${name} 2`)).toHaveCount(0);
    await steward.getByRole('button', { name: 'Undo' }).click();
    await expect(menu(`${name} 2`)).toBeVisible();
  });

  await test.step('export and proof', async () => {
    const download = steward.waitForEvent('download');
    await steward.getByRole('link', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toBe('audit.csv');
    await steward.getByRole('button', { name: 'Verify now' }).click();
    await expect(steward.getByRole('button', { name: 'Verify now' })).toBeEnabled();
    await expect(steward.getByText('The log is whole')).toBeVisible();
  });
  await Promise.all([admin.context().close(), steward.context().close()]);
});

test('a page that answers more slowly than it is asked tells how the work ended', async ({
  browser,
}) => {
  const page = await signedIn(browser, 'steward');
  await page.clock.install();
  await page.goto('/governance/audit');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByRole('button', { name: 'Verifying' })).toBeVisible();
  // By the page's clock every answer takes five seconds.
  await page.route(/[?&]_rsc=/, async (route) => {
    await page.clock.runFor(5_000);
    await route.continue();
  });
  await expect(page.getByRole('button', { name: 'Verify now' })).toBeEnabled();
  await page.context().close();
});
