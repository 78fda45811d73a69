import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';
import { watch } from './watch';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const CONTRAST = 'color-contrast';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Rules {
  only?: string;
  without?: string;
}

async function expectNoAxeViolation(page: Page, look: string, rules: Rules = {}): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES);
  if (rules.only) axe.withRules(rules.only);
  if (rules.without) axe.disableRules(rules.without);
  // There are no frames to look into, so no second page is needed to gather the results.
  const { violations } = await axe.setLegacyMode().analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    look,
    id,
    help,
    nodes: nodes.slice(0, 5).map((node) => `${node.html} ${node.failureSummary}`),
  }));
  expect.soft(found).toEqual([]);
}

/** A page that can be dragged sideways is broken on a phone; regions inside may scroll. */
async function expectNoSidewaysScroll(page: Page, look: string): Promise<void> {
  const wider = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 160));
  });
  expect.soft(wider, `${look}: wider than the window`).toEqual([]);
}

/** The page as it stands, in light and dark, on a desk and on a phone; pictures are kept. */
export async function inspect(page: Page, name: string): Promise<void> {
  const problems = watch(page);
  for (const [size, viewport] of Object.entries({ wide: WIDE, phone: PHONE })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // What a scrolled page has below its fixed head is covered, and no fault of the page.
      await page.evaluate(() => window.scrollTo(0, 0));
      const look = `${name}, ${size}, ${colorScheme}`;
      // Structure differs between the sizes, colours between light and dark.
      if (size === 'wide') {
        await expectNoAxeViolation(page, look, colorScheme === 'dark' ? { only: CONTRAST } : {});
      } else if (colorScheme === 'light') {
        await expectNoAxeViolation(page, look, { without: CONTRAST });
      }
      await expectNoSidewaysScroll(page, look);
      const file = `test-results/pages/${name}-${size}-${colorScheme}.png`;
      // A dialog is fixed to the window.
      const fullPage = (await page.getByRole('dialog').count()) === 0;
      await page.screenshot({ path: file, fullPage });
    }
  }
  problems.expectNone();
}
