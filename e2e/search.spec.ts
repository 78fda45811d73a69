import { inspect } from './support/inspect';
import { expect, signIn, test, unique } from './support/test';

test('a consumer finds a product by a mistyped word, sees why, narrows, and keeps the search', async ({
  page,
}) => {
  const name = unique('Airports');
  await signIn(page, 'consumer');
  await page.goto('/catalog');

  await test.step('a mistyped word is corrected, and said so', async () => {
    const box = page.getByRole('main').getByRole('combobox');
    await box.fill('fligths');
    await box.press('Enter');
    await page.waitForURL('**q=fligths**');
    await expect(page.getByText('Nothing has “fligths”')).toBeVisible();
    await expect(page.getByRole('link', { name: 'US flights 2001' })).toBeVisible();
    await expect(page.locator('mark', { hasText: 'flights' }).first()).toBeVisible();
  });

  await test.step('a column leads to its product, and is shown as the reason', async () => {
    await page.goto('/catalog?q=latitude');
    const card = page.getByRole('listitem').filter({ hasText: 'US airports' }).first();
    await expect(card.getByText('Column')).toBeVisible();
    await expect(card.locator('mark', { hasText: 'latitude' }).first()).toBeVisible();
  });

  await test.step('facets narrow, the table shows the same, the address holds it all', async () => {
    await page
      .getByRole('navigation', { name: 'Filters', exact: true })
      .getByText('Public')
      .click();
    await page.waitForURL('**classification=public**');
    await page.getByRole('link', { name: 'Table' }).click();
    await page.waitForURL('**view=table**');
    await page.reload();
    const table = page.getByRole('table', { name: 'Products' });
    await expect(table.getByRole('link', { name: 'US airports' })).toBeVisible();
    await inspect(page, 'search-table');
  });

  await test.step('the search is saved, switched, deleted and brought back', async () => {
    await page.getByRole('button', { name: 'Save this search' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('checkbox', { name: /Tell me of new products/ }).check();
    await inspect(page, 'search-save-dialog');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toBeHidden();
    const saved = page
      .getByRole('navigation', { name: 'Saved searches' })
      .getByRole('link', { name });
    await expect(saved).toHaveAccessibleName(/tells you of new products/);
    const menu = page.getByRole('button', { name: `“${name}”: more` });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Stop telling me' }).click();
    await expect(saved).not.toHaveAccessibleName(/tells you/);
    await menu.click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(saved).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(saved).toBeVisible();
  });
});

for (const [size, viewport] of [
  ['desk', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const) {
  test(`the palette goes anywhere by keyboard (${size})`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await signIn(page, 'consumer');
    const palette = page.getByRole('dialog', { name: 'Go to anything' });
    const input = palette.getByRole('combobox');

    await test.step('a product', async () => {
      await page.keyboard.press('Control+k');
      await expect(input).toBeFocused();
      await input.fill('us fli');
      const option = palette.getByRole('option', { name: /US flights 2001/ });
      await expect(option).toHaveAttribute('aria-selected', 'true');
      await inspect(page, `palette-${size}`);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/products/operations/flights');
      await expect(palette).toBeHidden();
    });

    await test.step('a page, by the arrows', async () => {
      await page.getByRole('button', { name: /Go to anything/ }).click();
      const recent = palette.getByRole('group', { name: 'Recent' }).getByRole('option');
      await expect(recent).toHaveText([/US flights 2001/]);
      await input.fill('token');
      await expect(palette.getByRole('option', { name: 'API tokens' })).toBeVisible();
      const chosen = palette.locator('[role="option"][aria-selected="true"]');
      await page.keyboard.press('End');
      await expect(chosen).toHaveText(/Search the catalogue for “token”/);
      await page.keyboard.press('ArrowUp');
      await expect(chosen).toHaveText('API tokens');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/settings/tokens');
    });

    await test.step('Escape closes it', async () => {
      await page.keyboard.press('Control+k');
      await expect(palette).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(palette).toBeHidden();
    });
  });
}
