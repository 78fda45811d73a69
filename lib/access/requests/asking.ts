import { z } from 'zod';
import { ctxForUser, requireUser } from '@/lib/auth';
import { type Ctx, can, db, forbidden, invalid, notFound, type UserActor } from '@/lib/core';
import { type DecisionProduct, requireSignedIn, visibleAmong } from '@/lib/governance';
import { textOf } from '@/lib/specs';

const id = z.string().min(1).max(100);
export const MAX_DAYS = 365;

/** For whom access is asked: oneself, the members of a domain, or a product that one owns or edits. */
export const Holder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('self') }),
  z.object({ kind: z.literal('team'), domainId: id }),
  z.object({ kind: z.literal('product'), productId: id }),
]);
export type Holder = z.output<typeof Holder>;

export const AskInput = z.object({
  productIds: z
    .array(id)
    .min(1, 'Choose at least one product')
    .max(20, 'Ask for at most 20 products at once')
    .transform((all) => [...new Set(all)]),
  holder: Holder.default({ kind: 'self' }),
  purpose: textOf(100, 1, 'Choose a purpose'),
  days: z
    .int()
    .min(1, 'Ask for at least a day')
    .max(MAX_DAYS, `Ask for at most ${MAX_DAYS} days; a grant can be renewed`),
});
export type AskInput = z.input<typeof AskInput>;

export type PersonCtx = Ctx & { actor: UserActor };

/** @throws AppError unauthenticated | forbidden for a token without the scope */
export function requirePerson(ctx: Ctx): PersonCtx {
  requireSignedIn(ctx, ['data:read']);
  requireUser(ctx);
  return ctx as PersonCtx;
}

/**
 * In whose place the policies are asked: a member of the team, or the product with its owner's rights.
 * @throws AppError invalid, at the field `holder`
 */
export async function holderCtx(ctx: PersonCtx, holder: Holder): Promise<PersonCtx> {
  if (holder.kind === 'self') return ctx;
  const refuse = (message: string) => invalid(message, { holder: message });
  if (holder.kind === 'team') {
    const isMember = ctx.actor.memberships.some((one) => one.domainId === holder.domainId);
    if (!isMember) throw refuse('Ask for a team that you are a member of.');
    return ctx;
  }
  const product = await db().product.findUnique({ where: { id: holder.productId } });
  if (!product || !can(ctx, 'product.edit', product)) {
    throw refuse('Ask for a product that you own or may edit.');
  }
  const owner = await ctxForUser(product.ownerId);
  if (owner.actor.type !== 'user') throw forbidden('This product has no owner who can read.');
  return { ...ctx, actor: owner.actor, readerId: product.id };
}

export interface AskedProduct extends DecisionProduct {
  title: string;
  ownerEmail: string;
}

/** The products of a request, in its order. @throws AppError not_found | invalid naming what serves nothing */
export async function askedProducts(
  ctx: Ctx,
  productIds: readonly string[],
): Promise<AskedProduct[]> {
  const [rows, visible] = await Promise.all([
    db().product.findMany({
      where: { id: { in: [...productIds] } },
      select: {
        ...{ id: true, name: true, title: true, domainId: true, classification: true },
        ...{ ownerId: true, status: true },
        domain: { select: { name: true } },
        owner: { select: { email: true } },
      },
    }),
    visibleAmong(ctx, productIds),
  ]);
  return productIds.map((productId) => {
    const row = rows.find((one) => one.id === productId);
    const refuse = (message: string) => invalid(message, { productIds: message });
    if (!row || !visible.has(productId)) throw notFound('One of the products');
    const { domain, owner, ...product } = row;
    if (row.status === 'draft' || row.status === 'retired') {
      throw refuse(`${row.title} is ${row.status} and serves no rows. Take it out of the request.`);
    }
    return { ...product, domain: domain.name, ownerEmail: owner.email };
  });
}
