import { tabTo } from './support/tab-to';
import { expect, signIn, test, unique } from './support/test';

test('the first screen of the wizard needs no mouse', async ({ page }) => {
  await signIn(page, 'producer');
  await page.goto('/products/new');
  await expect(page.getByRole('heading', { name: 'New data product' })).toBeVisible();

  await test.step('the first stop skips the navigation', async () => {
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.locator('#main')).toBeFocused();
  });

  await test.step('a draft is begun', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Start', exact: true }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/products/drafts/**');
    await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible();
  });

  await test.step('what is missing is reached from the summary', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Continue' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    const summary = page.getByRole('alert').filter({ hasText: 'attention' }).first();
    await tabTo(page, summary.getByRole('link').or(summary.getByRole('button')).first());
    await page.keyboard.press('Enter');
  });

  await test.step('everything is typed and chosen', async () => {
    await page.goto(page.url());
    await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible();
    await tabTo(page, page.getByRole('textbox', { name: 'Title' }));
    await page.keyboard.type(unique('Keys only'));
    await tabTo(page, page.getByLabel('Domain'));
    await page.keyboard.type('Operations');
    await expect(page.getByLabel('Domain')).toHaveValue('operations');
    await tabTo(page, page.getByRole('textbox', { name: 'Description' }));
    await page.keyboard.type('Made without a mouse.');
    await tabTo(page, page.getByRole('radio', { name: /^Internal/ }));
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('radio', { name: /^Public/ })).toBeChecked();
    await tabTo(page, page.getByRole('button', { name: 'Continue' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**step=2');
    await expect(page.getByRole('radio', { name: /A file/ })).toBeVisible();
  });
});

test('dialogs hold the focus and give it back', async ({ page }) => {
  await signIn(page, 'producer');
  await page.goto('/settings/tokens');
  const trigger = page.getByRole('button', { name: 'New token' }).first();
  await expect(trigger).toBeVisible();
  await tabTo(page, trigger);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  for (let stop = 0; stop < 15; stop++) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(trigger).toBeFocused();
});
