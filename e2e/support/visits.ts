import { type BrowserContext, expect, type Page } from 'playwright/test';
import { api } from './test';

const CITIES = ['Bergen', 'Oslo', 'Stavanger', 'Tromsø', 'Ålesund'];

/** Visits of ships: a key, words with letters beyond ASCII, decimals, dates, some empty cells. */
export function visitsCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = new Date(Date.UTC(2024, 0, 1 + (index % 366))).toISOString().slice(0, 10);
    const cargo = index % 50 === 0 ? '' : (((index * 37) % 9000) / 10 + 5).toFixed(1);
    return `${index + 1},${CITIES[index % CITIES.length]},${day},${cargo},${index % 3 === 0}`;
  });
  return `visit_id,port,arrived_on,cargo_tonnes,is_inspected\n${lines.join('\n')}\n`;
}

interface DraftData {
  quality: unknown[];
  [field: string]: unknown;
}
type Change = (data: DraftData) => DraftData;

/** A draft with everything that the review needs, made through the API. */
export async function fullDraft(
  context: BrowserContext,
  name: string,
  change: Change = (data) => data,
): Promise<string> {
  const http = api(context);
  const created = await http.post('/drafts', { template: 'batch_analytics' });
  expect(created.status(), await created.text()).toBe(201);
  const { id } = (await created.json()) as { id: string };
  const uploaded = await http.putFile(`/drafts/${id}/source/file?name=visits.csv`, visitsCsv(500));
  expect(uploaded.status(), await uploaded.text()).toBe(200);
  const { rev, data } = (await uploaded.json()) as { rev: number; data: DraftData };
  const words = {
    domain: 'operations',
    name,
    title: `Visits ${name}`,
    classification: 'internal',
    description: 'One row per visit of a ship.',
    documentation: 'One row per visit. From the harbour masters.',
  };
  const saved = await http.put(`/drafts/${id}`, { rev, data: change({ ...data, ...words }) });
  expect(saved.status(), await saved.text()).toBe(200);
  return id;
}

/** A product that is live; the page shows the run that made it so. */
export async function liveProduct(page: Page, name: string, change?: Change): Promise<string> {
  const http = api(page.context());
  const draftId = await fullDraft(page.context(), name, change);
  const { rev } = (await (await http.get(`/drafts/${draftId}`)).json()) as { rev: number };
  const submitted = await http.post(`/drafts/${draftId}/submit`, { rev });
  expect(submitted.status(), await submitted.text()).toBe(202);
  const { runId } = (await submitted.json()) as { runId: string };
  await page.goto(`/runs/${runId}`);
  await expect(page.getByText('The product is live')).toBeVisible();
  return `operations/${name}`;
}

export const isSaved = (page: Page) => expect(page.getByText(/^Saved \d/)).toBeVisible();
