import { AppError, type Ctx, can, conflict, db, notFound, requireCan, type Tx } from '@/lib/core';
import { mayReadWhole, requireSignedIn, requireVisibleProduct } from '@/lib/governance';

export const incidentProduct = {
  product: {
    select: {
      id: true,
      name: true,
      title: true,
      ownerId: true,
      domainId: true,
      classification: true,
      status: true,
      domain: { select: { name: true } },
    },
  },
} as const;

/** An incident of a product that the actor may find. @throws AppError not_found */
export async function loadIncident(ctx: Ctx, id: string) {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const incident = await db().qualityIncident.findUnique({
    where: { id },
    include: incidentProduct,
  });
  if (!incident) throw notFound('This incident');
  await requireVisibleProduct(ctx, incident.productId);
  return incident;
}
export type LoadedIncident = Awaited<ReturnType<typeof loadIncident>>;

/** Who works on the product, and whom the incident was given to. */
export function mayManage(ctx: Ctx, incident: LoadedIncident): boolean {
  const isMine = ctx.actor.type === 'user' && ctx.actor.id === incident.assigneeId;
  return isMine || can(ctx, 'quality.manage', incident.product);
}

/** The incident that a person wants to change. @throws AppError not_found | forbidden | conflict when it is over */
export async function openIncident(ctx: Ctx, id: string): Promise<LoadedIncident> {
  const incident = await loadIncident(ctx, id);
  if (!mayManage(ctx, incident)) requireCan(ctx, 'quality.manage', incident.product);
  if (incident.status !== 'open') throw conflict('This incident is over. Reload the page.');
  return incident;
}

/** Raises the revision that the person saw. @throws AppError conflict when it changed meanwhile */
export async function changeIncident(
  tx: Tx,
  incident: { id: string; rev: number },
  data: { assigneeId?: string | null; rootCause?: string },
): Promise<void> {
  const { count } = await tx.qualityIncident.updateMany({
    where: { id: incident.id, rev: incident.rev, status: 'open' },
    data: { ...data, rev: { increment: 1 } },
  });
  if (count === 0) throw conflict('The incident changed meanwhile. Reload the page.');
}

export const placeOf = ({ product }: LoadedIncident) => ({
  productId: product.id,
  domainId: product.domainId,
});
export const addressOf = ({ product }: LoadedIncident) => `${product.domain.name}/${product.name}`;

export function userIdOf(ctx: Ctx): string | null {
  if (ctx.actor.type === 'anonymous') throw new AppError('unauthenticated', 'Sign in to do this.');
  return ctx.actor.type === 'user' ? ctx.actor.id : null;
}

/** The product as the policies' decision point knows it. */
export function decisionProduct({ product }: LoadedIncident) {
  const { domain, ...rest } = product;
  return { ...rest, domain: domain.name };
}

/**
 * What a rule was told by the data (limits, accepted values, figures, what people wrote of it) is for those who may
 * read the rows.
 */
export async function mayReadRows(ctx: Ctx, productId: string): Promise<boolean> {
  const product = await requireVisibleProduct(ctx, productId);
  return mayReadWhole(ctx, product);
}
