import type { Page } from 'playwright/test';

/** What React's streaming script keeps in the page: parts that have arrived and wait for their place. */
type Streaming = typeof globalThis & { $RB?: unknown[] };

/**
 * Makes `goto` and `reload` answer once every streamed part of the page stands in its place.
 *
 * React sends a suspended part in a hidden element at the end of the body and moves it in up to 300 ms later. If
 * the part is rendered in the browser before that, its text stands in the page twice until then.
 */
export function whole(page: Page): Page {
  // A part whose boundary failed halfway stays hidden for ever and is not in this queue.
  const settled = () => page.waitForFunction(() => !(globalThis as Streaming).$RB?.length);
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (url, options) => {
    const response = await goto(url, options);
    await settled();
    return response;
  };
  page.reload = async (options) => {
    const response = await reload(options);
    await settled();
    return response;
  };
  return page;
}
