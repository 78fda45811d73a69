import type { Page } from 'playwright/test';
import { expect, signedIn, test } from './support/test';

const SALES = 'sales-data-governance';

async function openDraft(page: Page): Promise<void> {
  await page.goto(`/governance/policies/${SALES}`);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.waitForURL(`**/${SALES}/draft`);
}

async function giveReason(page: Page, reason: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

async function confirm(page: Page, opener: string, label = opener): Promise<void> {
  await page.getByRole('button', { name: opener }).click();
  await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('a data admin who loosens a floor needs a steward; the version before comes back', async ({
  browser,
}) => {
  const admin = await signedIn(browser, 'data-admin');
  await openDraft(admin);
  await admin.getByRole('textbox', { name: 'Accuracy at least' }).fill('90');
  await admin.getByRole('textbox', { name: 'Accuracy at least' }).press('Enter');
  await expect(admin.getByText('accuracy: 98% → 90%')).toBeVisible();
  await giveReason(admin, 'The new source rounds amounts');
  await expect(admin.getByRole('button', { name: 'Put in force' })).toBeDisabled();
  await expect(admin.getByRole('button', { name: 'Consent to the loosening' })).toHaveCount(0);
  await confirm(admin, 'Submit for a decision', 'Submit');
  await expect(admin.getByText('Waits for a decision')).toBeVisible();

  const steward = await signedIn(browser, 'steward');
  await steward.goto('/governance');
  await steward.getByRole('link', { name: new RegExp(`${SALES} v`) }).click();
  await steward.getByRole('link', { name: 'Open the draft' }).click();
  await confirm(steward, 'Consent to the loosening', 'Consent');
  await expect(steward.getByText('A steward has consented')).toBeVisible();
  await confirm(steward, 'Put in force');
  await steward.waitForURL(`**/policies/${SALES}`);
  await steward.goto('/governance/effective?domain=sales');
  const accuracy = steward.getByRole('row', { name: /accuracy 90% looser/ });
  await expect(accuracy).toBeVisible();
  await expect(accuracy).toContainText('steward@portolan.example');

  await steward.goto(`/governance/policies/${SALES}`);
  await steward.getByRole('button', { name: 'Go back to v1' }).click();
  await steward.waitForURL(`**/${SALES}/draft`);
  await giveReason(steward, 'The source was mended');
  await confirm(steward, 'Consent to the loosening', 'Consent');
  await confirm(steward, 'Put in force');
  await steward.waitForURL(`**/policies/${SALES}`);
  await steward.goto('/governance/effective?domain=sales');
  await expect(steward.getByRole('row', { name: /accuracy 99%/ })).toBeVisible();
  await steward.goto(`/governance/policies/${SALES}?from=1&to=2`);
  await expect(steward.getByRole('main').getByText('accuracy: 90')).toBeVisible();
});

test('what is wrong with a text stands beside its line, and keeps it out of force', async ({
  browser,
}) => {
  const steward = await signedIn(browser, 'steward');
  await steward.goto('/governance/policies');
  await steward.getByRole('button', { name: 'New policy' }).click();
  const name = `rules-${Date.now().toString(36)}`;
  await steward.getByRole('textbox', { name: 'Name' }).fill(name);
  await steward.getByRole('button', { name: 'Begin the draft' }).click();
  await steward.waitForURL(`**/${name}/draft`);
  const editor = steward.getByRole('textbox', { name: 'Policy as YAML' });
  await editor.click();
  await steward.keyboard.press('Control+End');
  await steward.keyboard.type('  validation_rules:\n    - id: bad-rule\n  title: Bad\n');
  await steward.keyboard.press('Control+a');
  await steward.keyboard.insertText(
    [
      'apiVersion: v1',
      'kind: DataGovernancePolicy',
      `metadata: { name: ${name} }`,
      'spec:',
      '  validation_rules:',
      '    - id: bad-rule',
      '      title: Bad',
      '      level: error',
      '      expression: product.colour == "red"',
      '      message: Paint it.',
    ].join('\n'),
  );
  const row = steward.getByRole('row', { name: /product has no colour/ });
  await expect(row).toContainText('9');
  await giveReason(steward, 'To see what happens');
  await expect(steward.getByRole('button', { name: 'Put in force' })).toBeDisabled();
  await confirm(steward, 'Discard');
  await steward.waitForURL(`**/policies/${name}`);
});

test('the playground says what decides, and the dry run which products a rule would stop', async ({
  browser,
}) => {
  const steward = await signedIn(browser, 'steward');
  await steward.goto('/governance/playground');
  await steward.getByRole('textbox', { name: 'Person' }).fill('consumer@portolan.example');
  await steward.getByRole('textbox', { name: 'Product' }).fill('hr/us-employment');
  await steward.getByRole('button', { name: 'Decide' }).click();
  await expect(steward.getByText('Refused', { exact: true })).toBeVisible();
  await expect(steward.getByText('Every policy that was looked at')).toBeVisible();
  await steward.goto('/governance/rules');
  await steward.getByRole('button', { name: 'Dry run' }).click();
  await expect(steward.getByText(/of \d+ products would break it/)).toBeVisible();
  const consumer = await signedIn(browser, 'consumer');
  await consumer.goto('/governance/playground');
  await consumer.getByRole('textbox', { name: 'Person' }).fill('producer@portolan.example');
  await consumer.getByRole('textbox', { name: 'Product' }).fill('hr/us-employment');
  await consumer.getByRole('button', { name: 'Decide' }).click();
  await expect(consumer.getByText('You may try decisions about yourself')).toBeVisible();
});

test('a simulation lists what a draft would flip', async ({ browser }) => {
  const steward = await signedIn(browser, 'steward');
  const main = steward.getByRole('main');
  await steward.goto('/governance/policies/marketing-data-governance');
  await steward.getByRole('button', { name: 'Edit' }).click();
  await steward.waitForURL('**/draft');
  await steward.getByLabel('Mode').selectOption('strict_role_based');
  await expect(steward.getByText('Saved', { exact: true })).toBeVisible();
  await steward.getByRole('button', { name: 'Simulate' }).click();
  await steward.waitForURL('**/simulation');
  await expect(main.getByText('Decisions that would be others')).toBeVisible();
  await expect(main.getByText(/Simulated .* in \d/)).toBeVisible();
  const link = main.getByRole('link', { name: 'Download as CSV' });
  const csv = await steward.request.get((await link.getAttribute('href'))!);
  expect((await csv.text()).split('\r\n')[0]).toContain('direction,product,owner');
  await steward.goto('/governance/policies/marketing-data-governance/draft');
  await confirm(steward, 'Discard');
  await steward.context().close();
});
