import { type Ctx, pool } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import type { CatalogSuggestion } from './types';

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
  return [];
}
