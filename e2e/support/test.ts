import { type Browser, type BrowserContext, test as base, type Page } from 'playwright/test';
import { watch } from './watch';
import { whole } from './whole';

export { expect } from 'playwright/test';

/** The demo people of lib/runtime/seed/people.ts. */
export type Role = 'admin' | 'steward' | 'data-admin' | 'producer' | 'consumer';

function required(name: 'PORTOLAN_E2E_URL' | 'PORTOLAN_E2E_HOME'): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set. Beside PORTOLAN_E2E_URL give PORTOLAN_E2E_HOME.`);
  return value;
}

export const portalHome = (): string => required('PORTOLAN_E2E_HOME');

/** A browser context of its own, signed in the way that a person does it. */
export async function signedIn(browser: Browser, role: Role): Promise<Page> {
  const context = await browser.newContext({ baseURL: required('PORTOLAN_E2E_URL') });
  const page = whole(await context.newPage());
  watch(page);
  await signIn(page, role);
  return page;
}

export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto('/signin');
  await page.getByRole('button', { name: new RegExp(`(?<!-)${role}@portolan`) }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** The page's own signed-in requests, with the Origin that a page of the portal sends. */
export function api(context: BrowserContext) {
  const headers = { origin: required('PORTOLAN_E2E_URL') };
  return {
    get: (path: string) => context.request.get(`/api/v1${path}`),
    post: (path: string, data: unknown) =>
      context.request.post(`/api/v1${path}`, { headers, data }),
    put: (path: string, data: unknown) => context.request.put(`/api/v1${path}`, { headers, data }),
    putFile: (path: string, body: string) =>
      context.request.put(`/api/v1${path}`, {
        headers: { ...headers, 'content-type': 'text/csv' },
        data: Buffer.from(body),
      }),
  };
}

let count = 0;
/** A slug that no other test of this run and no earlier run in the same portal used. */
export const unique = (word: string): string =>
  `${word}-${Date.now().toString(36)}${(count++).toString(36)}`;

export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
  baseURL: async ({}, use) => use(required('PORTOLAN_E2E_URL')),
  page: async ({ page }, use) => {
    const problems = watch(page);
    await use(whole(page));
    problems.expectNone();
  },
});
