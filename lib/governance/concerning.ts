import { type Ctx, can } from '@/lib/core';

interface Concerning {
  id?: string;
  OR?: [{ domainId: { in: string[] } }, { product: { ownerId: string } }, { assigneeId: string }];
}

/**
 * A condition on work that stands beside a domain, a product and who it was given to (violations, incidents): stewards
 * see all of it, others what is their domains', their products' or their own.
 */
export function concerning(ctx: Ctx): Concerning {
  const { actor } = ctx;
  if (actor.type === 'system' || can(ctx, 'audit.read')) return {};
  if (actor.type !== 'user') return { id: '' };
  const domains = actor.memberships
    .filter(({ role }) => role !== 'data_consumer')
    .map(({ domainId }) => domainId);
  return {
    OR: [
      { domainId: { in: domains } },
      { product: { ownerId: actor.id } },
      { assigneeId: actor.id },
    ],
  };
}
