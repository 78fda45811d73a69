import { type Ctx, type Prisma, pool } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import { askIndexed } from './ask';
import { tsqueryOf, understand } from './meaning';
import { suggestStatement, type Typed } from './suggest-sql';
import type { CatalogSuggestions } from './types';

const NONE: CatalogSuggestions = {
  ...{ products: [], columns: [], tags: [], terms: [], people: [], domains: [] },
};

/** What may be meant by what has been typed so far: products, columns, tags, terms, owners and domains. */
export async function suggestCatalog(
  ctx: Ctx,
  text: string,
  limit = 6,
): Promise<CatalogSuggestions> {
  requireSignedIn(ctx, ['catalog:read']);
  const typed = text.replaceAll('\0', ' ').trim().slice(0, 200);
  if (!typed) return NONE;
  const visible = await discoverable(ctx);
  const { rows } = await pool().query<Omit<Typed, 'begins'>>({
    name: 'catalog-typed',
    text: 'select catalog_words($1) as words, catalog_joined($1) as joined',
    values: [typed],
  });
  const { words, joined } = rows[0]!;
  if (!words) return NONE;
  const begins = words.split(' ').map((word) => `'${word}':*`);
  const found = await ask({ words, joined, begins: begins.join(' & ') }, limit, visible);
  if (found.products.length > 0) return found;
  // Nothing begins with it: perhaps it is mistyped, or inside of a word.
  const meaning = await understand(typed, true);
  if (meaning.words.length === 0) return found;
  const corrected = { words, joined, begins: tsqueryOf(meaning, 'within') };
  const { products } = await ask(corrected, limit, visible);
  return { ...found, products };
}

async function ask(typed: Typed, limit: number, visible: Prisma.Sql): Promise<CatalogSuggestions> {
  const [found] = await askIndexed<CatalogSuggestions>(suggestStatement(typed, limit, visible));
  return found!;
}
