import type { Page } from 'playwright/test';
import { inspect } from './inspect';
import { expect, type Role, signedIn, test } from './test';

export interface Visit {
  name: string;
  path: string;
  /** What is there once the page has everything. */
  shows: string | RegExp;
}

/** Opens a page and waits until it has everything. */
export async function open(page: Page, { path, shows }: Omit<Visit, 'name'>): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(path);
  await expect(page.getByRole('main').getByText(shows).first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^(Loading|Working out)/ })).toHaveCount(
    0,
  );
}

/** Looks at pages as somebody of this role: each is a test. */
export function visitAs(role: Role, visits: Visit[]): void {
  test.describe(`pages as ${role}`, () => {
    let visitor: Page;
    test.beforeAll(async ({ browser }) => {
      visitor = await signedIn(browser, role);
    });
    test.afterAll(() => visitor.context().close());
    for (const visit of visits) {
      test(visit.name, async () => {
        await open(visitor, visit);
        await inspect(visitor, visit.name);
      });
    }
  });
}
