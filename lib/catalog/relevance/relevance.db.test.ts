import { beforeAll, describe, expect, it } from 'vitest';
import { systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  type Judged,
  judgedQueries,
  makeJudgedCatalogue,
} from '@/lib/runtime/testing/judged-catalogue';
import { searchCatalog } from '../search';

/**
 * How well the catalogue's search finds what people mean. Recall@5 is the share of the judged products (of five at
 * most) among the first five; the reciprocal rank is 1 ÷ the place of the first judged one within ten.
 */
useTestDatabase();

interface Outcome extends Judged {
  top: string[];
  recall: number;
  reciprocal: number;
}
const outcomes: Outcome[] = [];
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function ask(judged: Judged): Promise<Outcome> {
  const page = await searchCatalog(systemCtx('test'), { q: judged.q, limit: 10 });
  const top = page.entries.map(({ name }) => name);
  const found = top.slice(0, 5).filter((name) => judged.relevant.includes(name)).length;
  const place = top.findIndex((name) => judged.relevant.includes(name));
  return {
    ...judged,
    top,
    recall: found / Math.min(5, judged.relevant.length),
    reciprocal: place < 0 ? 0 : 1 / (place + 1),
  };
}

/** Queries that have an answer, by kind. */
function figures(some: Outcome[]): string {
  const recall = mean(some.map((one) => one.recall)).toFixed(3);
  const mrr = mean(some.map((one) => one.reciprocal)).toFixed(3);
  return `${String(some.length).padStart(4)} queries   recall@5 ${recall}   MRR ${mrr}`;
}

beforeAll(async () => {
  expect(await makeJudgedCatalogue()).toBeGreaterThan(150);
  for (const judged of await judgedQueries()) outcomes.push(await ask(judged));
}, 120_000);

describe('the relevance of the search', () => {
  it('finds what people mean', () => {
    const answered = outcomes.filter(({ relevant }) => relevant.length > 0);
    const missed = answered
      .filter(({ recall, reciprocal }) => recall < 1 || reciprocal < 1)
      .map(
        ({ q, top, relevant }) =>
          `  ${q}: ${top.slice(0, 5).join(' ')} (not ${relevant.slice(0, 5).join(' ')})`,
      );
    const kinds = [...new Set(answered.map(({ kind }) => kind))];
    const lines = kinds.map((kind) => {
      const some = answered.filter((one) => one.kind === kind);
      return `${kind.padEnd(14)} ${figures(some)}`;
    });
    console.log([...lines, `${'all'.padEnd(14)} ${figures(answered)}`, ...missed].join('\n'));
    expect(answered.length).toBeGreaterThanOrEqual(150);
    expect(mean(answered.map((one) => one.recall))).toBeGreaterThanOrEqual(0.95);
    expect(mean(answered.map((one) => one.reciprocal))).toBeGreaterThanOrEqual(0.9);
  });

  it('keeps out what only looks alike', () => {
    const wrong = outcomes.flatMap(({ q, top, never }) =>
      top
        .slice(0, 5)
        .filter((name) => never.includes(name))
        .map((name) => `${q} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});
