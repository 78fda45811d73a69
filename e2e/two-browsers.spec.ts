import { expect, signedIn, test, unique } from './support/test';
import { fullDraft, isSaved } from './support/visits';

test('two browsers on one draft: the later save is told and the person chooses', async ({
  browser,
}) => {
  const first = await signedIn(browser, 'producer');
  const second = await signedIn(browser, 'producer');
  const id = await fullDraft(first.context(), unique('two-browsers'));
  const address = `/products/drafts/${id}?step=1`;
  await Promise.all([first.goto(address), second.goto(address)]);
  const title = unique('From the first window');

  await first.getByRole('textbox', { name: 'Title' }).fill(title);
  await isSaved(first);
  await second.getByRole('textbox', { name: 'Description' }).fill('Typed in the second window.');
  const dialog = second.getByRole('dialog', { name: 'This draft was saved in another window' });
  await expect(dialog).toContainText(title);
  await expect(dialog).toContainText('Typed in the second window.');
  await dialog.getByRole('button', { name: 'Load theirs' }).click();
  await expect(second.getByRole('textbox', { name: 'Title' })).toHaveValue(title);
  await expect(second.getByRole('textbox', { name: 'Description' })).toHaveValue(
    'One row per visit of a ship.',
  );

  await second.getByRole('textbox', { name: 'Description' }).fill('Typed again, on top of theirs.');
  await isSaved(second);
  const mine = unique('The first window insists');
  await first.getByRole('textbox', { name: 'Title' }).fill(mine);
  const other = first.getByRole('dialog', { name: 'This draft was saved in another window' });
  await expect(other).toContainText('Typed again, on top of theirs.');
  await other.getByRole('button', { name: 'Overwrite with mine' }).click();
  await expect(other).toHaveCount(0);
  await isSaved(first);
  await second.reload();
  await expect(second.getByRole('textbox', { name: 'Title' })).toHaveValue(mine);
  await expect(second.getByRole('textbox', { name: 'Description' })).toHaveValue(
    'One row per visit of a ship.',
  );
  await Promise.all([first.context().close(), second.context().close()]);
});

test('a draft survives a closed browser, its file and schema included', async ({ browser }) => {
  const before = await signedIn(browser, 'producer');
  const id = await fullDraft(before.context(), unique('closed-browser'));
  const title = unique('Kept while away');
  await before.goto(`/products/drafts/${id}?step=1`);
  await before.getByRole('textbox', { name: 'Title' }).fill(title);
  await isSaved(before);
  await before.context().close();

  const after = await signedIn(browser, 'producer');
  await after.goto('/products/new');
  await after.getByRole('link', { name: title }).click();
  await after.waitForURL(`**/products/drafts/${id}**`);
  await expect(after.getByRole('textbox', { name: 'Title' })).toHaveValue(title);
  await after.getByRole('link', { name: /Source/ }).click();
  await expect(after.getByText('visits.csv')).toBeVisible();
  await expect(after.getByLabel('Name of column 5')).toHaveValue('is_inspected');
  await after.goto('/products/new');
  await after.getByRole('button', { name: `Discard ${title}` }).click();
  await after.getByRole('button', { name: 'Discard draft' }).click();
  await expect(after.getByRole('link', { name: title })).toHaveCount(0);
  await after.context().close();
});
