import { type CDPSession, chromium, type Page } from 'playwright';
import { sessionCookieFor } from '@/lib/auth';
import { setEnv } from '@/lib/core';
import { meshLineage } from '@/lib/lineage';
import { freePort } from '@/lib/runtime/postgres/embedded';
import { keepRunning } from '@/lib/runtime/supervisor/child';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { BROWSER_ARGS, browserPath } from '../e2e/support/chromium';
import { withDatabase } from './support/database';
import { makeMesh } from './support/mesh';

/**
 * The lineage page of a mesh of 10,000 products in 40 domains in a real browser: how long from asking for the page
 * until the picture is painted, and how long its frames take while it is moved, from afar and from near. Beside them
 * in the same run: the same page for 10 products, and the frames of an empty page that scrolls nothing.
 */
const PRODUCTS = 10_000;
const DOMAINS = 40;
const ROUNDS = 5;
const PAN_STEPS = 180;
const SECRET = 'a-secret-for-benches-of-32-characters!';

interface Frames {
  medianMs: number;
  p95Ms: number;
  worstMs: number;
  dropped: number;
  count: number;
}

/** As text: the page knows no helper that a compiler adds to functions. */
const NOTE_FRAMES = `window.__frames = []; window.__stop = false;
  requestAnimationFrame(function tick(at) {
    window.__frames.push(at);
    if (!window.__stop) requestAnimationFrame(tick);
  });`;

/** Times of the frames while the mouse drags in small steps, as the page itself sees them. */
async function framesWhile(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(NOTE_FRAMES);
  await work();
  const stamps = await page.evaluate<number[]>('window.__stop = true; window.__frames');
  const times = stamps.slice(1).map((at, index) => at - stamps[index]!);
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  // A frame is dropped for every 16.7 ms that one takes longer than its own.
  const dropped = times.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / (1000 / 60)) - 1), 0);
  return {
    ...{ medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1), dropped, count: times.length },
  };
}

async function drag(
  session: CDPSession,
  box: { x: number; y: number; width: number; height: number },
) {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', dx: number, dy: number) =>
    session.send('Input.dispatchMouseEvent', {
      ...{ type, x: x + dx, y: y + dy, button: 'left', buttons: 1, clickCount: 1 },
    });
  await mouse('mousePressed', 0, 0);
  for (let step = 0; step < PAN_STEPS; step += 1) {
    const turn = (step / PAN_STEPS) * 2 * Math.PI;
    await mouse(
      'mouseMoved',
      Math.round(Math.sin(turn) * 300),
      Math.round(Math.sin(2 * turn) * 120),
    );
  }
  await mouse('mouseReleased', 0, 0);
}

const print = (name: string, { medianMs, p95Ms, worstMs, dropped, count }: Frames) =>
  console.log(
    `${name.padEnd(44)} median ${medianMs.toFixed(1).padStart(5)} ms  p95 ${p95Ms.toFixed(1).padStart(5)} ms  worst ${worstMs.toFixed(1).padStart(6)} ms  ${dropped} dropped of ${count}`,
  );

/** From asking for the page until its picture is there, the median of some rounds. */
async function opening(page: Page, url: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto('about:blank');
    const began = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(
      () => document.querySelector('[data-picture="drawn"]') !== null,
      undefined,
      { polling: 'raf' },
    );
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

async function look(page: Page, url: string): Promise<void> {
  const few = await opening(page, `${url}/lineage?domain=small`);
  const all = await opening(page, `${url}/lineage`);
  console.log(`opening, a domain of 10 products`.padEnd(44), `${few.toFixed(0).padStart(6)} ms`);
  console.log(
    `opening, ${PRODUCTS.toLocaleString('en')} products`.padEnd(44),
    `${all.toFixed(0).padStart(6)} ms  ${(all / few).toFixed(1)} × the small one`,
  );
  const session = await page.context().newCDPSession(page);
  const still = async () => {
    for (let step = 0; step < PAN_STEPS; step += 1) {
      await session.send('Input.dispatchMouseEvent', {
        type: 'mouseMoved',
        x: 5 + (step % 9),
        y: 5,
      });
    }
  };
  print('frames, mouse over nothing', await framesWhile(page, still));
  const flow = page.locator('.react-flow');
  const box = (await flow.boundingBox())!;
  print('frames, moving all of it from afar', await framesWhile(page, () => drag(session, box)));
  // As far in as boxes become elements: there are never more of them.
  const boxes = page.locator('[data-box]');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  while ((await boxes.count()) === 0) await page.mouse.wheel(0, -100);
  const count = await boxes.count();
  print(
    `frames, moving it from near (${count} boxes)`,
    await framesWhile(page, () => drag(session, box)),
  );
}

await withDatabase(async ({ home, appUrl }) => {
  setEnv({ PORTOLAN_AUTH_SECRET: SECRET });
  const owner = await makeUser({ platformRoles: ['platform_admin'] });
  await makeMesh(PRODUCTS - 10, DOMAINS, owner.id);
  const ctx = await ctxOf(owner);
  await meshLineage(ctx);
  const began = performance.now();
  const { nodes, edges } = await meshLineage(ctx);
  console.log(
    `${nodes.length.toLocaleString('en')} products, ${edges.length.toLocaleString('en')} lines; asked in ${(performance.now() - began).toFixed(0)} ms`,
  );
  const port = await freePort();
  const url = `http://localhost:${port}`;
  // The session's cookie belongs to an address.
  setEnv({ PORT: String(port), PORTOLAN_URL: url });
  const web = keepRunning('web', 'lib/http/main.ts', {
    ...{ NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), PORTOLAN_URL: url },
    ...{ PORTOLAN_HOME: home, PORTOLAN_APP_DATABASE_URL: appUrl, PORTOLAN_AUTH_SECRET: SECRET },
    LOG_LEVEL: 'error',
  });
  const browser = await chromium.launch({
    executablePath: await browserPath(),
    args: BROWSER_ARGS,
  });
  try {
    await web.ready;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const [name = '', value = ''] = (await sessionCookieFor(owner.id)).split(/=(.*)/);
    await context.addCookies([{ name, value, url }]);
    await look(await context.newPage(), url);
  } finally {
    await browser.close();
    await web.stop();
  }
});
