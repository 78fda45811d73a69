import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright/test';
import { readsOn, writeHistory } from './support/history';
import { inspect } from './support/inspect';
import { api, expect, signedIn, test, unique } from './support/test';
import { liveProduct } from './support/visits';

let producer: Page;
let steward: Page;
let address: string;
let query: string;

test.beforeAll(async ({ browser }) => {
  producer = await signedIn(browser, 'producer');
  steward = await signedIn(browser, 'steward');
  address = await liveProduct(producer, unique('figures'));
  await writeHistory(address);
  const [domain, product] = address.split('/');
  query = `domain=${domain}&product=${product}`;
});
test.afterAll(async () => {
  await producer.context().close();
  await steward.context().close();
});

interface Point {
  value: number | null;
  previous: number | null;
}
async function pointsOf(page: Page, metric: string, more = ''): Promise<Point[]> {
  const answer = await api(page.context()).get(`/insight/metrics/${metric}?${query}${more}`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { points: Point[] }).points;
}

/** The values that a chart draws, read back from where its dots and its axis stand. */
const drawn = (chart: Locator, line: string) =>
  chart.evaluate((figure, key) => {
    const marks = [
      ...figure.querySelectorAll('.recharts-yAxis-tick-labels .recharts-cartesian-axis-tick-value'),
    ].map((tick) => ({
      y: tick.getBoundingClientRect(),
      value: Number(tick.textContent!.replace(/[^\d.-]/g, '')),
    }));
    const middle = ({ top, bottom }: DOMRect) => (top + bottom) / 2;
    const [low, high] = [marks[0]!, marks.at(-1)!];
    const perPixel = (high.value - low.value) / (middle(high.y) - middle(low.y));
    return [...figure.querySelectorAll(`.course-dot[data-line="${key}"] path`)].map((dot) => {
      const y = middle(dot.getBoundingClientRect());
      return low.value + (y - middle(low.y)) * perPixel;
    });
  }, line);

test('a chart draws the values that the history has, and the ones it is compared with', async () => {
  await steward.goto(`/insight/metrics/data_reads?${query}`);
  const chart = steward.locator('[data-chart="data_reads"]');
  await expect(chart.locator('.course-dot path').first()).toBeVisible();
  const points = await pointsOf(steward, 'data_reads');
  expect(points).toHaveLength(30);
  // Today the wizard's product may have been read; every day before it is known.
  const known = points.slice(0, -1).map((point) => point.value);
  expect(known).toEqual(Array.from({ length: 29 }, (_, place) => readsOn(29 - place)));
  expect(points.map((point) => point.previous)).toEqual(
    Array.from({ length: 30 }, (_, place) => readsOn(59 - place)),
  );
  const values = await drawn(chart, 'data_reads');
  expect(values).toHaveLength(30);
  for (const [place, point] of points.entries()) {
    expect(values[place], `day ${place}`).toBeCloseTo(point.value ?? 0, 0);
  }
  // The other period is a second line, dashed and named.
  const lines = chart.locator('.recharts-line-curve');
  await expect(lines).toHaveCount(2);
  expect(await lines.first().getAttribute('stroke-dasharray')).toBe('5 4');
  await expect(chart.locator('[data-legend]')).toContainText('The 30 days before');

  await steward.getByText('Table', { exact: true }).click();
  const rows = steward.getByRole('table', { name: 'Reads by day' }).locator('tbody tr');
  await expect(rows).toHaveCount(30);
  const cells = await rows.evaluateAll((all) =>
    all.map((row) => [...(row as HTMLTableRowElement).cells].slice(1).map((one) => one.innerText)),
  );
  expect(cells).toEqual(
    points.map((point) => [point.value, point.previous].map((one) => String(one ?? '–'))),
  );
});

test('the address says the days and what they are compared with', async () => {
  await steward.goto(`/insight/metrics/data_reads?${query}`);
  await steward.getByText('Change', { exact: true }).click();
  await steward.getByLabel('Compare with').selectOption('Nothing');
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await steward.getByLabel(/^From/).fill(day(10));
  await steward.getByLabel(/^To optional/).fill(day(4));
  await steward.getByRole('button', { name: 'Show' }).click();
  await expect(steward).toHaveURL(/compare=none/);
  const chart = steward.locator('[data-chart="data_reads"]');
  await expect(chart.locator('.course-dot path')).toHaveCount(7);
  await expect(chart.locator('.recharts-line-curve')).toHaveCount(1);
  const values = await drawn(chart, 'data_reads');
  for (const [place, value] of values.entries()) expect(value).toBeCloseTo(readsOn(10 - place), 0);
  await steward.goto(`/insight?${query}&from=${day(4)}&to=${day(10)}`);
  await expect(steward.getByText('The first day is after the last.')).toBeVisible();
});

test('a target is drawn as the steps that it went', async () => {
  const before = { metric: 'data_quality_score', domain: 'operations' };
  for (const value of [90, 97]) {
    const answer = await api(steward.context()).put(`/insight/metrics/${before.metric}/target`, {
      ...{ domain: before.domain, value },
    });
    expect([204, 409]).toContain(answer.status());
  }
  await steward.goto(`/insight/metrics/data_quality_score?${query}`);
  const chart = steward.locator('[data-chart="data_quality_score"]');
  await expect(chart.locator('.course-target line').first()).toBeAttached();
  await expect(chart.locator('[data-legend]')).toContainText('Target');
});

test('what happened is marked, listed for the keyboard, and leads to the thing', async () => {
  await steward.goto(`/insight/quality?${query}`);
  const card = steward
    .locator('section')
    .filter({ has: steward.locator('[data-chart="data_quality_score"]') });
  await expect(card.locator('.course-mark[data-kind="incident"]').first()).toBeVisible();
  await expect(card.locator('.course-mark[data-kind="release"]')).toHaveCount(1);
  const summary = card.getByText(/^What happened/);
  await summary.focus();
  await steward.keyboard.press('Enter');
  await steward.keyboard.press('Tab');
  const first = card.getByRole('link', { name: /release 1, version/ });
  await expect(first).toBeFocused();
  await steward.keyboard.press('Enter');
  await expect(steward).toHaveURL(new RegExp(`/products/${address}/lifecycle$`));
  await steward.goBack();
  await card.locator('.course-mark[data-kind="incident"]').first().click();
  await expect(steward).toHaveURL(new RegExp(`/products/${address}/quality/incidents/`));
});

/** What a picture holds: its size, the colour of its ground, and how many colours there are. */
const decoded = (page: Page, base64: string) =>
  page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext('2d')!;
    drawing.drawImage(image, 0, 0);
    const { data: pixels } = drawing.getImageData(0, 0, image.width, image.height);
    const colours = new Map<string, number>();
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = `${pixels[at]},${pixels[at + 1]},${pixels[at + 2]},${pixels[at + 3]}`;
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    const ground = `${pixels[0]},${pixels[1]},${pixels[2]},${pixels[3]}`;
    const share = (colours.get(ground) ?? 0) / (image.width * image.height);
    return {
      width: image.width,
      height: image.height,
      ground,
      share,
      colours: [...colours.keys()],
    };
  }, base64);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a chart as a picture, ${colorScheme}`, async () => {
    await steward.emulateMedia({ colorScheme });
    await steward.goto(`/insight/metrics/data_reads?${query}`);
    const chart = steward.locator('[data-chart="data_reads"]');
    await expect(chart.locator('.course-dot path').first()).toBeVisible();
    const file = steward.waitForEvent('download');
    await steward.getByRole('button', { name: 'PNG' }).click();
    const download = await file;
    expect(download.suggestedFilename()).toBe('data_reads.png');
    const kept = `test-results/pages/chart-data-reads-${colorScheme}.png`;
    await download.saveAs(kept);
    const bytes = await readFile(kept);
    expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    const found = await decoded(steward, bytes.toString('base64'));
    const { width, height } = (await chart.locator('svg.recharts-surface').first().boundingBox())!;
    expect(found.width).toBe(2 * Math.ceil(Math.max(width, 640) + 48));
    expect(found.height).toBeGreaterThan(2 * height);
    const theme = await chart.evaluate((figure) => {
      const rgb = (text: string) => text.match(/\d+/g)!.slice(0, 3).join(',');
      const line = figure.querySelector('.recharts-line-curve')!;
      return {
        ground: `${rgb(getComputedStyle(figure).backgroundColor)},255`,
        line: `${rgb(getComputedStyle(line).stroke)},255`,
      };
    });
    expect(found.ground).toBe(theme.ground);
    expect(found.colours).toContain(theme.line);
    // Lines and words, and not a blank sheet.
    expect(found.share).toBeGreaterThan(0.5);
    expect(found.share).toBeLessThan(0.995);
    expect(found.colours.length).toBeGreaterThan(20);
  });
}

for (const id of ['overview', 'value', 'slos', 'quality', 'compliance']) {
  test(`the dashboard ${id} of a product, and of a domain beside a year before`, async () => {
    await steward.emulateMedia({ colorScheme: 'light' });
    const path = id === 'overview' ? '/insight' : `/insight/${id}`;
    for (const scope of ['domain=operations&range=90d&compare=year', query]) {
      await steward.setViewportSize({ width: 1280, height: 800 });
      await steward.goto(`${path}?${scope}`);
      const answer = await api(steward.context()).get(`/insight/dashboards/${id}?${scope}`);
      const { charts } = (await answer.json()) as {
        charts: { id: string; series: { values: (number | null)[] }[] }[];
      };
      const full = charts.filter(({ series }) =>
        series.some(({ values }) => values.some((value) => value !== null)),
      );
      await expect(steward.locator('[data-chart]')).toHaveCount(full.length);
    }
    await inspect(steward, `dashboard-${id}-product`);
  });
}

test('an owner and a leader begin with their figures', async () => {
  await producer.goto('/');
  const own = producer.getByRole('region', { name: /^Key figures of the products that you own/ });
  // What moved most may name it too, without its figure.
  const card = own.getByRole('link', { name: /^Reads \d/ });
  await expect(card).toBeVisible();
  const [shown] = (await card.innerText()).match(/[\d,]+/)!;
  await own.getByRole('link', { name: 'All figures' }).click();
  await expect(producer).toHaveURL(/\/insight\?mine=yes$/);
  await expect(producer.getByRole('link', { name: /^Reads/ }).last()).toContainText(shown);
  await steward.setViewportSize({ width: 1280, height: 800 });
  await steward.goto('/');
  const mesh = steward.getByRole('region', { name: 'Key figures of the mesh' });
  await expect(mesh).toContainText('Moved most in 30 days');
});
