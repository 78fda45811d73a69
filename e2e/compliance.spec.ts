import { inspect } from './support/inspect';
import { leaverWithGrant } from './support/leaver';
import { expect, signedIn, test, unique } from './support/test';

test('a violation appears after a change, is taken up, and closes by itself once it is mended', async ({
  browser,
}) => {
  const [owner, steward] = await Promise.all([
    signedIn(browser, 'data-admin'),
    signedIn(browser, 'steward'),
  ]);
  const email = `${unique('leaver')}@portolan.example`;
  await leaverWithGrant(browser, 'operations/airports', email);
  await owner.goto('/products/operations/airports/access');

  const title = 'Disabled accounts hold grants of US airports';
  await expect(async () => {
    await steward.goto('/governance/violations?monitor=access_control');
    await expect(steward.getByRole('main').getByRole('link', { name: title })).toBeVisible();
  }).toPass();
  await steward.getByRole('main').getByRole('link', { name: title }).click();
  await expect(steward.getByRole('region', { name: 'Evidence' })).toContainText(email);
  await steward.getByRole('button', { name: 'Take it up' }).click();
  const dialog = steward.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('I ask the owner');
  await dialog.getByRole('button', { name: 'Take it up' }).click();
  await expect(dialog).toBeHidden();
  await expect(steward.getByRole('list', { name: 'History' })).toContainText('I ask the owner');
  await steward.getByRole('textbox', { name: 'Add a note' }).fill('The owner revokes it today');
  await steward.getByRole('button', { name: 'Add the note' }).click();
  await expect(steward.getByRole('list', { name: 'History' })).toContainText('revokes it today');
  await inspect(steward, 'violation');

  const grant = owner.getByRole('row', { name: new RegExp(email) });
  await grant.getByRole('button', { name: /Revoke/ }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Revoke the grant' }).click();
  await expect(owner.getByRole('dialog')).toBeHidden();
  await expect(async () => {
    await steward.reload();
    await expect(steward.getByRole('main').getByText('Fixed')).toBeVisible();
  }).toPass();
  await expect(
    steward.getByRole('list', { name: 'History' }).getByRole('listitem').first(),
  ).toContainText('The monitor does not find it any more.');
  await expect(steward.getByRole('button', { name: 'Take it up' })).toHaveCount(0);
});

test('a steward has a rule look now; a consumer sees whom the pages are for', async ({
  browser,
}) => {
  const steward = await signedIn(browser, 'steward');
  await steward.goto('/governance/compliance');
  const row = steward.getByRole('row', { name: /Files are encrypted/ });
  await row.getByRole('button', { name: /Run now/ }).click();
  await expect(steward.getByText('The monitor looks now', { exact: true })).toBeVisible();
  await expect(row).toContainText(/[1-9]\d* checked/);
  const consumer = await signedIn(browser, 'consumer');
  await consumer.goto('/governance/violations');
  await expect(
    consumer.getByRole('main').getByText('Violations are for people who publish data'),
  ).toBeVisible();
});
