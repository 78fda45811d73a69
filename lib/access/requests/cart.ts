import { z } from 'zod';
import { type Ctx, conflict, db, now, transact } from '@/lib/core';
import { requireVisibleProduct } from '@/lib/governance';
import { requirePerson } from './asking';

export const CartInput = z.object({ productId: z.string().min(1).max(100) });
export type CartInput = z.input<typeof CartInput>;

const MAX_IN_CART = 20;

/** Puts a product into what the person will ask for; once is enough. @returns how many are in it */
export async function addToCart(ctx: Ctx, raw: CartInput): Promise<{ count: number }> {
  const { productId } = CartInput.parse(raw);
  const { actor } = requirePerson(ctx);
  await requireVisibleProduct(ctx, productId);
  const where = { userId: actor.id };
  return transact(async (tx) => {
    if ((await tx.accessCartItem.count({ where })) >= MAX_IN_CART) {
      throw conflict(`A request holds at most ${MAX_IN_CART} products. Send it, then go on.`);
    }
    await tx.accessCartItem.createMany({
      data: { ...where, productId, addedAt: now() },
      skipDuplicates: true,
    });
    return { count: await tx.accessCartItem.count({ where }) };
  });
}

/** Takes a product out of it; what is not in it is not missed. */
export async function removeFromCart(ctx: Ctx, raw: CartInput): Promise<{ count: number }> {
  const { productId } = CartInput.parse(raw);
  const { actor } = requirePerson(ctx);
  const where = { userId: actor.id };
  await db().accessCartItem.deleteMany({ where: { ...where, productId } });
  return { count: await db().accessCartItem.count({ where }) };
}
