import { type Alert, raiseAlert } from '@/lib/alerts';
import {
  AppError,
  type Ctx,
  can,
  db,
  notFound,
  requireCan,
  type TokenScope,
  type Tx,
  type UserActor,
} from '@/lib/core';
import {
  productsHeldBy,
  requireSignedIn,
  requireVisibleProduct,
  thoseWhoMayFind,
} from '@/lib/governance';

export interface Place {
  id: string;
  title: string;
  /** `domain/name` */
  address: string;
  domainId: string;
  ownerId: string;
}

function person(ctx: Ctx, scope: TokenScope): UserActor {
  requireSignedIn(ctx, [scope]);
  if (ctx.actor.type === 'user') return ctx.actor;
  throw new AppError('unauthenticated', 'Sign in as a person to do this.');
}

/** The person who speaks, or who reads what is theirs; a token needs the scope. @throws AppError */
export const writer = (ctx: Ctx): UserActor => person(ctx, 'products:write');
export const reader = (ctx: Ctx): UserActor => person(ctx, 'catalog:read');

/** The id of the product at an address. @throws AppError not_found */
export async function productAt(ctx: Ctx, domain: string, name: string): Promise<string> {
  requireSignedIn(ctx, ['catalog:read', 'products:write', 'governance:write']);
  const found = await db().product.findFirst({
    where: { name, domain: { name: domain } },
    select: { id: true },
  });
  if (!found) throw notFound('This product');
  return (await requireVisibleProduct(ctx, found.id)).id;
}

/** A product that the actor may find, to speak of it. @throws AppError not_found */
export async function placeOf(ctx: Ctx, productId: string): Promise<Place> {
  const {
    id,
    title = '',
    name,
    domain,
    domainId,
    ownerId,
  } = await requireVisibleProduct(ctx, productId);
  return { id, title, address: `${domain}/${name}`, domainId, ownerId };
}

export const represents = (ctx: Ctx, place: Place): boolean =>
  can(ctx, 'community.represent', place);
export const requireRepresentative = (ctx: Ctx, place: Place): void =>
  requireCan(ctx, 'community.represent', place);

export const hrefOf = ({ address }: Place): string => `/products/${address}/community`;

/** Where an alert about a product's conversation leads, and whom webhooks hear it of. */
export const about = (place: Place) => ({
  href: hrefOf(place),
  productId: place.id,
  domainId: place.domainId,
});

/** Tells those of them who may find the product still. */
export async function tell(
  tx: Tx,
  place: Place,
  userIds: readonly string[],
  alert: Omit<Alert, 'to' | 'productId' | 'domainId' | 'href'>,
): Promise<void> {
  const to = { userIds: await thoseWhoMayFind(tx, place.id, userIds) };
  await raiseAlert(tx, { ...about(place), ...alert, to });
}

/** Where a change was made, for its audit row. */
export const auditOf = ({ id, domainId }: Place) => ({ productId: id, domainId });

/**
 * Whether somebody consumes the product in fact: they hold a grant that is in force, and were served rows. Who
 * speaks for the product is no consumer of it.
 */
export async function isConsumer(ctx: Ctx, place: Place, tx: Tx = db()): Promise<boolean> {
  if (ctx.actor.type !== 'user' || represents(ctx, place)) return false;
  const [row] = await tx.$queryRaw<{ is: boolean }[]>`
    select exists (select from product_reader r where r."productId" = ${place.id} and r."userId" = ${ctx.actor.id})
      and ${place.id} in (${productsHeldBy(ctx.actor.id)}) as is`;
  return row?.is ?? false;
}
