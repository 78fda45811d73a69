import type { Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { leaverWithGrant } from './support/leaver';
import { api, expect, signedIn, test, unique } from './support/test';
import { open } from './support/visit';
import { fullDraft } from './support/visits';

const FLIGHTS = '/products/operations/flights';

test.describe('pages that need something made first', () => {
  let visitor: Page;
  test.beforeAll(async ({ browser }) => {
    visitor = await signedIn(browser, 'producer');
  });
  test.afterAll(() => visitor.context().close());

  test('violations', async ({ browser }) => {
    const email = `${unique('leaver')}@portolan.example`;
    await leaverWithGrant(browser, 'operations/flights', email);
    const steward = await signedIn(browser, 'steward');
    await api(steward.context()).post('/compliance/runs', { rule: 'access_control' });
    const title = 'Disabled accounts hold grants of US flights 2001';
    await expect
      .poll(async () => (await api(steward.context()).get('/compliance/violations')).text())
      .toContain(title);
    await open(steward, { path: '/governance/violations', shows: title });
    await inspect(steward, 'violations');
    await steward.context().close();
  });

  test('wizard', async () => {
    const id = await fullDraft(visitor.context(), unique('pages'));
    const path = `/products/drafts/${id}`;
    await open(visitor, { path: `${path}?step=1`, shows: 'Classification' });
    await inspect(visitor, 'wizard-1');
    await open(visitor, { path: `${path}?step=2`, shows: 'Quality rules' });
    await inspect(visitor, 'wizard-2');
    await visitor.setViewportSize({ width: 1280, height: 800 });
    await visitor.getByRole('button', { name: 'Add rule' }).click();
    await inspect(visitor, 'wizard-2-dialog');
    await open(visitor, { path: `${path}?step=3`, shows: 'Plan' });
    await visitor.getByLabel('Usage').fill('Reports on how busy the ports are.');
    await visitor.getByRole('button', { name: 'Add a channel' }).click();
    await visitor.getByRole('textbox', { name: 'Channel' }).fill('#port-calls');
    await visitor.getByLabel('Amount').fill('3');
    await visitor.getByLabel('Currency').fill('eur');
    await expect(visitor.getByText('It says what readers may do with the rows.')).toBeVisible();
    await inspect(visitor, 'wizard-3');
    await visitor.getByLabel('Availability').fill('always');
    await visitor.getByRole('button', { name: 'Submit and provision' }).click();
    await expect(visitor.getByLabel('Availability')).toHaveAttribute('aria-invalid', 'true');
    await inspect(visitor, 'wizard-3-errors');
  });

  test('run, policy, template, dialogs', async () => {
    await open(visitor, { path: `${FLIGHTS}/runs`, shows: 'Runs' });
    await visitor.getByRole('main').locator('a[href^="/runs/"]').first().click();
    await expect(visitor.getByText('The product is live')).toBeVisible();
    await inspect(visitor, 'run');
    await open(visitor, { path: '/governance/policies', shows: /global/i });
    await visitor.getByRole('main').locator('a[href^="/governance/policies/"]').first().click();
    await visitor.waitForURL('**/governance/policies/*');
    await expect(visitor.getByRole('main').locator('pre').first()).toBeVisible();
    await inspect(visitor, 'policy');
    await open(visitor, { path: '/settings/tokens', shows: 'New token' });
    await visitor.getByRole('button', { name: 'New token' }).first().click();
    await expect(visitor.getByRole('dialog')).toBeVisible();
    await inspect(visitor, 'token-dialog');
    await open(visitor, { path: '/products/operations/airports', shows: 'US airports' });
    await visitor.getByRole('button', { name: 'Retire' }).click();
    await expect(visitor.getByRole('dialog')).toContainText('live now');
    await inspect(visitor, 'retire-dialog');
  });
});
