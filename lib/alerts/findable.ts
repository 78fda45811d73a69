import { type Ctx, Prisma } from '@/lib/core';

/** Which products somebody may find, as a condition on `product p`; policies decide that, further right in the street. */
export type Findable = (ctx: Ctx) => Promise<Prisma.Sql>;

/**
 * Whether somebody may be told still of what is about this product, or about none. Who was told of a draft has to do
 * with it.
 */
export const isToldStill = (productId: Prisma.Sql, findable: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (${productId} is null or exists (select from product p
    where p.id = ${productId} and (p.status = 'draft' or ${findable})))`;
