import { type Ctx, invalid, type Prisma } from '@/lib/core';
import { currentTags, discoverable, requireSignedIn } from '@/lib/governance';
import { askIndexed } from './ask';
import { catalogEntries, type Hit } from './entries';
import { type Meaning, understand } from './meaning';
import { CATALOG_COUNT_CAP, type CatalogQuery, FACETS, SearchCatalogInput } from './search-input';
import { SOME_WORDS, searchStatement } from './search-sql';
import type { CatalogEntry, CatalogPage } from './types';

type Found = { total: number; looked: number; hits: Hit[] } & CatalogPage['facets'];

const nothing = (): Found => ({
  ...{ total: 0, looked: 0, hits: [] },
  ...(Object.fromEntries(FACETS.map((facet) => [facet, []])) as unknown as CatalogPage['facets']),
});

/**
 * Searches the catalogue: exact names and beginnings first, then stems, split words, insides of words and typing
 * errors; facets with counts, and why each product matches.
 * @throws AppError unauthenticated | forbidden | invalid (naming each parameter)
 */
export async function searchCatalog(ctx: Ctx, raw: SearchCatalogInput): Promise<CatalogPage> {
  requireSignedIn(ctx, ['catalog:read']);
  const query = await parsed(raw);
  const { found, meaning } = await find(query, await discoverable(ctx));
  const { total, looked, hits, ...facets } = found;
  const isCapped = total > CATALOG_COUNT_CAP;
  return {
    entries: await catalogEntries(hits.slice(0, query.limit), meaning),
    total: Math.min(total, CATALOG_COUNT_CAP),
    isCapped,
    isChoiceCapped: looked > CATALOG_COUNT_CAP,
    nextAfter: hits.length > query.limit ? query.after + query.limit : null,
    facets,
    corrected: hits.length > 0 ? (meaning?.corrected ?? null) : null,
  };
}

async function parsed(raw: SearchCatalogInput): Promise<CatalogQuery> {
  const { data, error } = SearchCatalogInput.safeParse(raw);
  if (data) return { ...data, tag: await currentTags(data.tag) };
  const fields = error.issues.map((issue) => [issue.path.join('.'), issue.message]);
  const [first] = fields;
  throw invalid(`${first?.[0]}: ${first?.[1]}`, Object.fromEntries(fields));
}

/** The best few of those that stopped being drafts after an instant: what a saved search tells of. */
export async function newlyListed(
  ctx: Ctx,
  raw: SearchCatalogInput,
  after: Date,
): Promise<CatalogEntry[]> {
  requireSignedIn(ctx, ['catalog:read']);
  const query = await parsed({ ...raw, limit: 20 });
  const meaning = query.q ? await understand(query.q) : null;
  const { hits } = await ask(query, meaning, await discoverable(ctx), after);
  const whole = hits.slice(0, query.limit).filter(({ score }) => !meaning || score > SOME_WORDS);
  return catalogEntries(whole, null);
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
  listedAfter?: Date,
): Promise<Found> {
  if (meaning?.words.length === 0) return nothing();
  const [found] = await askIndexed<Found>(searchStatement(query, meaning, visible, listedAfter));
  return found!;
}
