import {
  AppError,
  type Ctx,
  conflict,
  notFound,
  type Prisma,
  requireCan,
  type Tx,
} from '@/lib/core';
import { concerning, requireSignedIn } from '@/lib/governance';

/** Violations that somebody has to do with: stewards see all, others their domains' and their products'. */
export function visibleTo(ctx: Ctx): Prisma.ViolationWhereInput {
  requireSignedIn(ctx, ['governance:read']);
  return concerning(ctx);
}

/** The violation that a person wants to change. @throws AppError not_found | forbidden | conflict when it is over */
export async function openViolation(tx: Tx, ctx: Ctx, id: string) {
  const violation = await tx.violation.findFirst({
    where: { id, ...visibleTo(ctx) },
    include: { product: { select: { id: true, ownerId: true } } },
  });
  if (!violation) throw notFound('This violation');
  const { domainId, product, assigneeId } = violation;
  const isMine = ctx.actor.type === 'user' && ctx.actor.id === assigneeId;
  if (!isMine) requireCan(ctx, 'violation.manage', scopeOf(domainId, product?.ownerId));
  if (violation.status === 'resolved') {
    throw conflict('This violation is over. Reload the page.');
  }
  return violation;
}

export const scopeOf = (domainId: string | null, ownerId: string | undefined) => ({
  ...(domainId && { domainId }),
  ...(ownerId && { ownerId }),
});

export const placeOf = (violation: { productId: string | null; domainId: string | null }) => ({
  ...(violation.productId && { productId: violation.productId }),
  ...(violation.domainId && { domainId: violation.domainId }),
});

export function userIdOf(ctx: Ctx): string | null {
  if (ctx.actor.type === 'anonymous') throw new AppError('unauthenticated', 'Sign in to do this.');
  return ctx.actor.type === 'user' ? ctx.actor.id : null;
}
