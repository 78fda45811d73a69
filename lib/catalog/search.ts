import { type Ctx, invalid, type Prisma } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import { askIndexed } from './ask';
import { catalogEntries, type Hit } from './entries';
import { type Meaning, understand } from './meaning';
import { CATALOG_COUNT_CAP, type CatalogQuery, SearchCatalogInput } from './search-input';
import { searchStatement } from './search-sql';
import type { CatalogPage } from './types';

type Found = { total: number; hits: Hit[] } & CatalogPage['facets'];

const NOTHING: Found = {
  ...{ total: 0, hits: [], domain: [], classification: [] },
  ...{ status: [], quality: [], port: [], tag: [], owner: [] },
};

/**
 * Searches the catalogue: exact names and beginnings first, then stems, split words, insides of words and typing
 * errors; facets with counts, and why each product matches.
 * @throws AppError unauthenticated | forbidden | invalid (naming each parameter)
 */
export async function searchCatalog(ctx: Ctx, raw: SearchCatalogInput): Promise<CatalogPage> {
  requireSignedIn(ctx, ['catalog:read']);
  const parsed = SearchCatalogInput.safeParse(raw);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]);
    const [first] = fields;
    throw invalid(`${first?.[0]}: ${first?.[1]}`, Object.fromEntries(fields));
  }
  const query = parsed.data;
  const { found, meaning } = await find(query, await discoverable(ctx));
  const { total, hits, ...facets } = found;
  const isCapped = total > CATALOG_COUNT_CAP;
  return {
    entries: await catalogEntries(hits.slice(0, query.limit), meaning),
    total: Math.min(total, CATALOG_COUNT_CAP),
    isCapped,
    nextAfter: hits.length > query.limit ? query.after + query.limit : null,
    facets,
    corrected: hits.length > 0 ? (meaning?.corrected ?? null) : null,
  };
}

interface Answer {
  found: Found;
  meaning: Meaning | null;
}

/** What is found. Words that only others' products have are corrected like words that nobody has. */
async function find(query: CatalogQuery, visible: Prisma.Sql): Promise<Answer> {
  if (!query.q) return { found: await ask(query, null, visible), meaning: null };
  const meaning = await understand(query.q);
  const found = await ask(query, meaning, visible);
  if (found.hits.length > 0 || query.after > 0) return { found, meaning };
  const near = await understand(query.q, true);
  return near.corrected === meaning.corrected
    ? { found, meaning }
    : { found: await ask(query, near, visible), meaning: near };
}

async function ask(
  query: CatalogQuery,
  meaning: Meaning | null,
  visible: Prisma.Sql,
): Promise<Found> {
  if (meaning?.words.length === 0) return NOTHING;
  const [found] = await askIndexed<Found>(searchStatement(query, meaning, visible));
  return found!;
}
