import { access } from 'node:fs/promises';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright';

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** A browser of this machine, else Playwright's own, else the one inside an npm package. */
export async function browserPath(): Promise<string> {
  for (const file of [...INSTALLED, playwright.executablePath()]) {
    if (await exists(file)) return file;
  }
  return chromium.executablePath();
}

/** Flags for a browser that meets loopback only. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];
