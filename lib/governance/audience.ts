import type { SubscriptionEvent } from '@/lib/alerts';
import {
  type DomainRole,
  newId,
  notFound,
  type PlatformRole,
  type Tx,
  type UserActor,
} from '@/lib/core';
import type { DecisionProduct } from './decision';
import { mayDiscover } from './discover';
import { hidingOf } from './hiding';
import { holdersOf } from './holders';
import { effectivePolicy } from './policies';

const MOST = 10_000;

/**
 * Who is told of an event of a product: who follows it, who holds a grant, and `concerned`, without those who said
 * that they do not want to know, and without the owner. Where a policy hides products, only who may find this one.
 * @returns ids of people, in order
 */
export async function audienceOf(
  tx: Tx,
  productId: string,
  event: SubscriptionEvent,
  concerned: readonly string[] = [],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select u.id from "user" u
    left join product_follow f on f."userId" = u.id and f."productId" = ${productId}
    where u."disabledAt" is null and u.id in (
      select "userId" from product_follow where "productId" = ${productId} and "isFollowing"
      union all
      ${holdersOf(productId)}
      union all
      select unnest(${[...concerned]}::text[]))
      and coalesce(f."isFollowing" and not ${event} = any(f.muted), true)
      and u.id <> (select "ownerId" from product where id = ${productId})
    order by 1 limit ${MOST}`;
  const ids = rows.map(({ id }) => id);
  return thoseWhoMayFind(tx, productId, ids);
}

async function productOf(tx: Tx, productId: string): Promise<DecisionProduct> {
  const found = await tx.product.findUnique({
    where: { id: productId },
    select: {
      ...{ id: true, name: true, title: true, domainId: true, classification: true },
      ...{ ownerId: true, status: true, domain: { select: { name: true } } },
    },
  });
  if (!found) throw notFound('This product');
  return { ...found, domain: found.domain.name };
}

/** Those of the people whom no policy keeps from finding the product. */
export async function thoseWhoMayFind(
  tx: Tx,
  productId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const product = await productOf(tx, productId);
  if (hidingOf([await effectivePolicy(product.domain)]) === null) return [...ids];
  const people = await tx.user.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    include: { memberships: { include: { domain: { select: { name: true } } } } },
  });
  const found: string[] = [];
  for (const person of people) {
    const actor: UserActor = {
      ...{ type: 'user', id: person.id, email: person.email, name: person.name },
      platformRoles: person.platformRoles as PlatformRole[],
      memberships: person.memberships.map(({ domainId, domain, role }) => ({
        ...{ domainId, domain: domain.name, role: role as DomainRole },
      })),
    };
    const ctx = { actor, requestId: newId(), via: 'system' as const };
    if (await mayDiscover(ctx, product)) found.push(person.id);
  }
  return found;
}
