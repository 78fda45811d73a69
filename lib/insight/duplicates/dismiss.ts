import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  can,
  conflict,
  db,
  invalid,
  notFound,
  now,
  requireCan,
  transact,
} from '@/lib/core';
import { requireVisibleProduct } from '@/lib/governance';

const address = z.string().min(3).max(127);
const PairInput = z.object({
  /** Two addresses, `domain/name`, in any order. */
  products: z.tuple([address, address]),
});
export const DismissInput = PairInput.extend({
  reason: z
    .string()
    .trim()
    .min(5, 'Say in a few words what tells them apart')
    .max(500, 'Use at most 500 characters'),
});
export const RestoreInput = PairInput;
export type DismissInput = z.input<typeof DismissInput>;
export type RestoreInput = z.input<typeof RestoreInput>;

/**
 * Says that two products that look alike do not stand in for one another: they are listed no more.
 * @throws AppError not_found | forbidden | conflict (it was said already)
 */
export async function dismissDuplicate(ctx: Ctx, raw: DismissInput): Promise<void> {
  const { products, reason } = DismissInput.parse(raw);
  const pair = await pairOf(ctx, products);
  await transact(async (tx) => {
    const byId = ctx.actor.type === 'user' ? ctx.actor.id : null;
    const { count } = await tx.duplicateDismissal.createMany({
      data: { ...pair.key, reason, byId, at: now() },
      skipDuplicates: true,
    });
    if (count === 0) throw conflict('Somebody has said so already. Reload the page.');
    audit(tx, ctx, {
      action: 'duplicate.dismiss',
      target: { type: 'product', id: pair.target.id },
      ...{ domainId: pair.target.domainId, productId: pair.target.id },
      detail: { products, reason },
    });
  });
}

/** Takes that back: the two are listed again while they look alike. @throws AppError not_found | forbidden | conflict */
export async function restoreDuplicate(ctx: Ctx, raw: RestoreInput): Promise<void> {
  const { products } = RestoreInput.parse(raw);
  const pair = await pairOf(ctx, products);
  await transact(async (tx) => {
    const { count } = await tx.duplicateDismissal.deleteMany({ where: pair.key });
    if (count === 0) throw conflict('These two are not dismissed. Reload the page.');
    audit(tx, ctx, {
      action: 'duplicate.restore',
      target: { type: 'product', id: pair.target.id },
      ...{ domainId: pair.target.domainId, productId: pair.target.id },
      detail: { products },
    });
  });
}

/** Both of them, and the one by which the actor may say something. */
async function pairOf(ctx: Ctx, products: readonly [string, string]) {
  const found = await Promise.all(products.map((one) => productAt(ctx, one)));
  const [a, b] = found.sort((x, y) => (x.id < y.id ? -1 : 1));
  if (a!.id === b!.id) {
    const message = 'Name two different products.';
    throw invalid(message, { products: message });
  }
  const target = found.find((one) => can(ctx, 'duplicate.dismiss', one)) ?? a!;
  requireCan(ctx, 'duplicate.dismiss', target);
  return { key: { aId: a!.id, bId: b!.id }, target };
}

async function productAt(ctx: Ctx, one: string) {
  const [domain = '', name = ''] = one.split('/');
  const row = await db().product.findFirst({
    where: { name, domain: { name: domain } },
    select: { id: true },
  });
  if (!row) throw notFound(`The product ${one}`);
  return requireVisibleProduct(ctx, row.id);
}
