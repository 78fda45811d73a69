import { spoilReads, writeReads } from './support/history';
import { inspect } from './support/inspect';
import { expect, signedIn, test } from './support/test';

const ADDRESS = 'finance/stock-prices';
const DAYS = [303, 302, 301];
const LOST = 4;

test('an administrator has days counted again, and sees what that changed', async ({ browser }) => {
  await writeReads([ADDRESS], DAYS);
  const [first, last] = await spoilReads(ADDRESS, DAYS, LOST);
  const admin = await signedIn(browser, 'admin');
  const main = admin.getByRole('main');
  await admin.goto('/platform');
  await main.getByRole('link', { name: 'Figures of use' }).click();
  await main.getByLabel('First day').fill(last);
  await main.getByLabel('Last day').fill(first);
  await main.getByRole('button', { name: 'Count again' }).click();
  await expect(main.getByText('Not before the first day')).toBeVisible();
  await main.getByLabel('First day').fill(first);
  await main.getByLabel('Last day').fill(last);
  await main.getByRole('button', { name: 'Count again' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Count 3 days again?' });
  await expect(dialog).toContainText('reads are counted on these days as it is');
  await inspect(admin, 'recount-confirm');
  await admin.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole('button', { name: 'Count again' }).click();
  await expect(dialog).toHaveCount(0);
  const row = main.getByRole('row', { name: new RegExp(`^${first} – ${last}`) }).first();
  await expect(row).toContainText('Counted');
  await expect(row).toContainText(`${LOST * DAYS.length} more`);
  await inspect(admin, 'recount-done');
  await admin.context().close();

  const steward = await signedIn(browser, 'steward');
  await steward.goto('/platform');
  const tabs = steward.getByRole('navigation', { name: 'Platform pages' });
  await expect(tabs.getByRole('link', { name: 'Templates' })).toBeVisible();
  await expect(tabs.getByRole('link', { name: 'Figures of use' })).toHaveCount(0);
  await steward.context().close();
});
