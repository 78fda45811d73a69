import { expect, type Page } from 'playwright/test';

interface Watch {
  /** Fails with everything that went wrong since the last call. */
  expectNone(): void;
}

const watches = new WeakMap<Page, Watch>();

/** Notes what a visitor's browser complains about: console errors, exceptions, answers of 500 and above. */
export function watch(page: Page): Watch {
  const held = watches.get(page);
  if (held) return held;
  const found: string[] = [];
  page.on('console', (message) => {
    // The browser's own line for a refused request; tests of refusals look at the answer itself.
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal) found.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`exception: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) found.push(`${response.status()} ${response.url()}`);
  });
  const watching = { expectNone: () => expect(found.splice(0)).toEqual([]) };
  watches.set(page, watching);
  return watching;
}
