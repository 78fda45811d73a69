import { chromium } from 'playwright-core';
import { BROWSER_ARGS, browserPath } from './support/chromium';
const base = 'http://localhost:3471';
const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS });
const [email, password, ...visits] = process.argv.slice(2) as [string, string, ...string[]];
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
await page.goto(`${base}/signin`);
await page.getByLabel('E-mail').first().fill(email);
await page.getByLabel('Password').first().fill(password);
await page.getByRole('button', { name: /^Sign in/ }).first().click();
await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
for (const visit of visits) {
  const [name, path, width = '1280', scheme = 'light'] = visit.split('|') as [string, string, string?, string?];
  await page.setViewportSize({ width: Number(width), height: 900 });
  await page.emulateMedia({ colorScheme: scheme as 'light' | 'dark' });
  await page.goto(base + path);
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.screenshot({ path: `/tmp/slo-shots/${name}.png`, fullPage: true });
}
await browser.close();
