import { z } from 'zod';
import { type Ctx, forbidden, pool } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';
import { productListStatement } from './product-list-sql';

const PAGE = 50;

export const ListProductsInput = z.object({
  /** `mine`: products that the person owns; `domains`: those of the domains they belong to. */
  scope: z.enum(['mine', 'domains']).default('mine'),
  /** How many to skip: what `nextAfter` of the page before said. */
  after: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(PAGE),
});
export type ListProductsInput = z.input<typeof ListProductsInput>;

/** A product as the people who work on it want to see it. */
export interface ListedProduct {
  id: string;
  domain: string;
  domainTitle: string;
  name: string;
  title: string;
  status: string;
  classification: string;
  ownerName: string;
  /** The person's own open draft of it, after a provisioning that was taken back. */
  draftId: string | null;
  environment: string | null;
  /** 'provisioning' | 'live' | 'removed' */
  environmentStatus: string | null;
  /** When the rows served now were written. */
  refreshedAt: string | null;
  rowCount: number | null;
  /** Mean of the newest quality run's dimension scores, 0–100. */
  qualityScore: number | null;
  /** The newest run: provisioning, retirement or a load. */
  run: { id: string; kind: 'provision' | 'retire' | 'load'; status: string; at: string } | null;
}

export interface ProductListPage {
  products: ListedProduct[];
  counts: { mine: number; domains: number; drafts: number };
  nextAfter: number | null;
}

interface Row {
  mine: number;
  domains: number;
  drafts: number;
  products: ListedProduct[];
}

/**
 * The person's products, or those of their domains: living ones by title, retired ones last.
 * @throws AppError unauthenticated | forbidden
 */
export async function listProducts(ctx: Ctx, raw: ListProductsInput): Promise<ProductListPage> {
  requireSignedIn(ctx, ['catalog:read']);
  const { actor } = ctx;
  if (actor.type !== 'user') throw forbidden('Only a person has products.');
  const { scope, after, limit } = ListProductsInput.parse(raw);
  const visible = await visibleProducts(ctx);
  const { rows } = await pool().query<Row>(productListStatement(scope, visible), [
    ...[actor.id, limit + 1, after],
    ...visible.values,
  ]);
  const { mine, domains, drafts, products } = rows[0]!;
  return {
    products: products.slice(0, limit).map((product) => ({
      ...product,
      refreshedAt: instant(product.refreshedAt),
      run: product.run && { ...product.run, at: instant(product.run.at)! },
    })),
    counts: { mine, domains, drafts },
    nextAfter: products.length > limit ? after + limit : null,
  };
}

/** Postgres writes its session's zone into JSON; everything else here is in UTC. */
const instant = (text: string | null) => text && new Date(text).toISOString();
