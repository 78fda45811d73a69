import { z } from 'zod';
import { type ProductEvent, productEvents } from '@/lib/audit';
import { type Ctx, can } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { CHANGELOG_ACTIONS, HISTORY, PUBLIC_ACTIONS, TOLD_ACTIONS } from './history-words';

export const ActivityPage = z.object({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface ActivityRow {
  id: string;
  at: string;
  action: string;
  group: string;
  text: string;
  /** Who did it; null for people who do not operate the product. */
  actor: string | null;
  href: string | null;
}
export interface ProductActivity {
  events: ActivityRow[];
  nextPage: string | null;
  /** False: only what was announced to everybody. */
  isWhole: boolean;
}

/**
 * What happened with a product, newest first. Whoever operates it (and stewards) see every change; everybody else who
 * may find it what was published, changed for readers, or loaded, without names.
 * @throws AppError unauthenticated | forbidden | not_found | invalid (page); ZodError
 */
export async function productActivity(
  ctx: Ctx,
  productId: string,
  raw: z.input<typeof ActivityPage> = {},
): Promise<ProductActivity> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const product = await requireVisibleProduct(ctx, productId);
  const { after, limit } = ActivityPage.parse(raw);
  const isWhole = can(ctx, 'run.read', product);
  const actions = isWhole ? TOLD_ACTIONS : PUBLIC_ACTIONS;
  const { events, nextPage } = await productEvents(productId, { actions, after, limit });
  return { events: events.map((event) => told(event, isWhole)), nextPage, isWhole };
}

function told({ id, at, action, actor, target, detail }: ProductEvent, isWhole: boolean) {
  const words = HISTORY[action]!;
  return {
    id,
    at,
    action,
    group: words.group,
    text: words.text(detail).slice(0, 300),
    actor: isWhole ? actor.label : null,
    href: isWhole && target ? hrefOf(target) : null,
  };
}

const PAGES: Record<string, string> = { run: '/runs', violation: '/governance/violations' };
const hrefOf = ({ type, id }: { type: string; id: string }) =>
  PAGES[type] ? `${PAGES[type]}/${id}` : null;

export interface ChangelogEntry {
  at: string;
  text: string;
}
const MAX_ENTRIES = 20;

/** What readers of the product were told, newest first. Asks nobody: the documentation shows it. */
export async function changelogOf(productId: string): Promise<ChangelogEntry[]> {
  const asked = { actions: CHANGELOG_ACTIONS, limit: MAX_ENTRIES };
  const { events } = await productEvents(productId, asked);
  return events.map(({ at, action, detail }) => ({ at, text: HISTORY[action]!.text(detail) }));
}
