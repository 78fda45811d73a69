import { expect, type Locator, type Page } from 'playwright/test';

const MOST_STOPS = 60;

/** Presses Tab until the control has the focus; every stop on the way must be seen. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { width, height } = element.getBoundingClientRect();
      return { size: width * height, html: element.outerHTML.slice(0, 120) };
    });
    expect(focus.size, `the focus is on something to see: ${focus.html}`).toBeGreaterThan(0);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} was not reached in ${MOST_STOPS} stops.`);
}
