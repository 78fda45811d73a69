import { type Ctx, invalid, pool } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import { CATALOG_COUNT_CAP, SearchCatalogInput } from './search-input';
import { ENTRIES_SQL, searchStatement, suggestSql } from './search-sql';
import type { CatalogEntry, CatalogPage, CatalogSuggestion, FacetCount } from './types';

interface Found {
  total: number;
  ids: string[];
  domain: FacetCount[];
  classification: FacetCount[];
  status: FacetCount[];
  tag: FacetCount[];
}

type EntryRow = Omit<CatalogEntry, 'createdAt' | 'snapshotAt'> & {
  createdAt: Date;
  snapshotAt: Date | null;
};

/**
 * Searches the catalogue: words, prefixes, split names and typing errors; facets with counts.
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
  const found = (await pool().query<Found>(searchStatement(query, await discoverable(ctx))))
    .rows[0]!;
  const hasNext = found.ids.length > query.limit;
  const { domain, classification, status, tag } = found;
  return {
    entries: await catalogEntries(found.ids.slice(0, query.limit)),
    total: Math.min(found.total, CATALOG_COUNT_CAP),
    isCapped: found.total > CATALOG_COUNT_CAP,
    nextAfter: hasNext ? query.after + query.limit : null,
    facets: { domain, classification, status, tag },
  };
}

async function catalogEntries(ids: string[]): Promise<CatalogEntry[]> {
  if (ids.length === 0) return [];
  const { rows } = await pool().query<EntryRow>(ENTRIES_SQL, [ids]);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    snapshotAt: row.snapshotAt?.toISOString() ?? null,
  }));
}

/** The best few matches for what has been typed so far. */
export async function suggestProducts(
  ctx: Ctx,
  text: string,
  limit = 8,
): Promise<CatalogSuggestion[]> {
  requireSignedIn(ctx, ['catalog:read']);
  const typed = text.replaceAll('\0', ' ').trim().slice(0, 200);
  if (!typed) return [];
  const visible = await discoverable(ctx);
  const values = [typed, Math.min(limit, 20), ...visible.values];
  return (await pool().query<CatalogSuggestion>(suggestSql(visible), values)).rows;
}
