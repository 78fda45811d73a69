import { type Alert, raiseAlert } from '@/lib/alerts';
import { AppError, type Ctx, requireCan, type Tx } from '@/lib/core';
import { thoseWhoMayFind } from '../audience';
import type { DecisionProduct } from '../decision';
import { requireVisibleProduct } from '../discover';

/** A product that the person may find and certify. @throws AppError not_found | forbidden */
export async function certifiable(ctx: Ctx, productId: string): Promise<DecisionProduct> {
  const product = await requireVisibleProduct(ctx, productId);
  requireCan(ctx, 'product.certify');
  return product;
}

export function stewardOf(ctx: Ctx): string {
  if (ctx.actor.type === 'user') return ctx.actor.id;
  throw new AppError('unauthenticated', 'Sign in as a person to do this.');
}

interface Certified {
  id: string;
  productId: string;
  certifiedById: string;
}

/** Tells who answers for the product, and who certified it; of them, whom no policy keeps from finding it. */
export async function tell(
  tx: Tx,
  { id, productId, certifiedById }: Certified,
  alert: Pick<Alert, 'kind' | 'level' | 'body'> & { words: string },
): Promise<void> {
  const { title, name, domain, domainId, ownerId } = await tx.product.findUniqueOrThrow({
    where: { id: productId },
    select: {
      ...{ title: true, name: true, domainId: true, ownerId: true },
      domain: { select: { name: true } },
    },
  });
  const admins = await tx.membership.findMany({
    where: { domainId, role: 'data_admin' },
    select: { userId: true },
  });
  const concerned = new Set([ownerId, certifiedById, ...admins.map(({ userId }) => userId)]);
  const { words, ...rest } = alert;
  await raiseAlert(tx, {
    ...rest,
    title: `${title}: ${words}`,
    href: `/products/${domain.name}/${name}#certification`,
    to: { userIds: await thoseWhoMayFind(tx, productId, [...concerned]) },
    ...{ productId, domainId },
    dedupeKey: `${alert.kind}:${id}`,
    data: { product: `${domain.name}/${name}` },
  });
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
