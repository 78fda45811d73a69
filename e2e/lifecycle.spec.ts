import type { BrowserContext, Page } from 'playwright/test';
import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { fullDraft } from './support/visits';

interface Draft {
  rev: number;
  data: { quality?: { name: string }[]; [key: string]: unknown };
}

/** Changes a draft as another tab of its author would. */
async function change(
  context: BrowserContext,
  draftId: string,
  alter: (data: Draft['data']) => Draft['data'],
): Promise<void> {
  const http = api(context);
  const { rev, data } = (await (await http.get(`/drafts/${draftId}`)).json()) as Draft;
  const saved = await http.put(`/drafts/${draftId}`, { rev, data: alter(data) });
  expect(saved.status(), await saved.text()).toBe(200);
}

const ONLY_BERGEN = {
  name: 'only Bergen',
  dimension: 'accuracy',
  check: 'accepted_values',
  column: 'port',
  config: { values: ['Bergen'] },
  reason: 'Ships call at Bergen.',
};

async function submit(page: Page, draftId: string): Promise<void> {
  await page.goto(`/products/drafts/${draftId}?step=3`);
  await page.getByRole('button', { name: 'Submit and provision' }).click();
  await page.waitForURL('**/runs/**');
}

test('fails the quality gate, is mended, tested, staged, promoted, rolled back and deprecated', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const page = await signedIn(browser, 'producer');
  const context = page.context();
  const name = unique('gated-visits');
  const address = `operations/${name}`;
  const draftId = await fullDraft(context, name);
  const lifecycle = `/products/${address}/lifecycle`;

  await test.step('a rule that the rows break closes the gate to staging', async () => {
    await change(context, draftId, (data) => ({
      ...data,
      quality: [...(data.quality ?? []), ONLY_BERGEN],
    }));
    await submit(page, draftId);
    await expect(page.getByText('It stopped at a gate')).toBeVisible();
    await page.getByRole('link', { name: 'Open its lifecycle' }).click();
    const gate = page.getByRole('region', { name: 'Testing → staging' });
    await expect(gate).toContainText('Closed');
    await expect(gate).toContainText('accuracy threshold');
    await expect(page.getByRole('button', { name: 'Promote to production' })).toBeDisabled();
    await inspect(page, 'lifecycle-held');
  });

  await test.step('the draft opens again, is mended, and waits in staging', async () => {
    await page.getByRole('button', { name: 'Edit the draft' }).click();
    await page.getByRole('button', { name: 'Open the draft' }).click();
    await page.waitForURL('**/runs/**');
    await expect(page.getByText('It is taken back')).toBeVisible();
    await change(context, draftId, (data) => ({
      ...data,
      quality: (data.quality ?? []).filter((rule) => rule.name !== ONLY_BERGEN.name),
      publishWhenReady: false,
    }));
    await submit(page, draftId);
    await expect(page.getByText('Every test is green')).toBeVisible();
    const staged = await api(context).get(`/data/${address}/rows?environment=staging&limit=1`);
    expect(staged.status()).toBe(200);
    expect((await api(context).get(`/data/${address}/rows?limit=1`)).status()).toBe(503);
  });

  await test.step('it is promoted by hand', async () => {
    await page.goto(lifecycle);
    await page.getByRole('button', { name: 'Promote to production' }).click();
    await page.getByRole('button', { name: 'Promote', exact: true }).click();
    await page.waitForURL('**/runs/**');
    await expect(page.getByText('The product is live')).toBeVisible();
    expect((await api(context).get(`/data/${address}/rows?limit=1`)).status()).toBe(200);
  });

  await test.step('a candidate beside it goes live by itself, is compared and rolled back', async () => {
    await page.goto(lifecycle);
    await page.getByRole('button', { name: 'Stage a candidate' }).click();
    await page.getByLabel('Promote it by itself when every gate passes').check();
    await page.getByRole('button', { name: 'Load and test' }).click();
    await page.waitForURL('**/runs/**');
    await expect(page.getByText('The product is live')).toBeVisible();
    await page.goto(lifecycle);
    const snapshots = page.getByRole('region', { name: 'Snapshots of the product' });
    const row = (number: number) =>
      snapshots
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: String(number), exact: true }) });
    await expect(row(2)).toContainText('Served');
    await row(1)
      .getByRole('button', { name: /Compare/ })
      .click();
    await expect(
      page.getByRole('region', { name: 'Snapshots 1 and 2', exact: true }),
    ).toContainText('0 added, 0 removed, 0 changed');
    await page.getByRole('button', { name: /^Roll back/ }).click();
    await page.getByLabel('Reason').fill('Tried out');
    await page.getByRole('button', { name: 'Serve it' }).click();
    await expect(row(1)).toContainText('Served');
    const answer = await api(context).get(`/data/${address}/rows?limit=1`);
    expect(((await answer.json()) as { snapshot: { number: number } }).snapshot.number).toBe(1);
    await inspect(page, 'lifecycle-live');
  });

  await test.step('its sunset is announced in every answer', async () => {
    await page.getByRole('button', { name: 'Deprecate', exact: true }).click();
    await page.getByLabel('Sunset').fill('2099-01-31');
    await page.getByLabel('Why').fill('Another list takes its place.');
    await page.getByRole('button', { name: 'Deprecate and tell consumers' }).click();
    await expect(page.getByText('Deprecated: may be gone from 2099-01-31')).toBeVisible();
    const answer = await api(context).get(`/data/${address}/rows?limit=1`);
    expect(answer.headers().sunset).toBe('Sat, 31 Jan 2099 00:00:00 GMT');
    expect(answer.headers().deprecation).toMatch(/^@\d+$/);
    await inspect(page, 'lifecycle-deprecated');
  });
  await context.close();
});
