import type { Ctx, Prisma } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';
import { type Scope, scopeOf } from '../figures/scope';

/**
 * The products that scorecards are told of, as a condition on `product p`. Of the mesh it needs nothing of what figures
 * ask beside. @throws AppError not_found | forbidden | invalid
 */
export async function scopedTo(ctx: Ctx, scope: Scope): Promise<Prisma.Sql> {
  if (scope.domain || scope.product || scope.mine) return (await scopeOf(ctx, scope)).where;
  requireSignedIn(ctx, ['catalog:read']);
  return visibleProducts(ctx);
}
