import { AppError, type Ctx, can, db } from '@/lib/core';
import { listMetrics, type MetricFigures, type PeriodView } from './figures/queries';
import type { Scope } from './figures/scope';

/** What a leader looks at first. */
const LEADERS = [
  ...['data_product_count', 'data_consumers', 'time_to_insight', 'user_satisfaction'],
  ...['data_quality_score', 'error_budget_left', 'policy_compliance', 'time_to_approve_access'],
];
/** What an owner looks at first. */
const OWNERS = [
  ...['data_reads', 'data_consumers', 'user_satisfaction', 'data_quality_score'],
  ...['error_budget_left', 'time_to_approve_access'],
];

export interface KeyFigures {
  /** What they are about: the mesh, a domain that the person leads, or what they own. */
  scope: Pick<Scope, 'domain' | 'mine'>;
  period: PeriodView;
  metrics: MetricFigures[];
}

/**
 * The first figures of a home page: of the mesh for whoever sets its targets, of their own products for owners, else of the
 * one domain that the person leads, of the mesh where they lead several. Null for everybody else.
 */
export async function keyFigures(ctx: Ctx): Promise<KeyFigures | null> {
  const { actor } = ctx;
  if (actor.type !== 'user') throw new AppError('unauthenticated', 'Sign in to see your figures.');
  const led = (domainId: string) => can(ctx, 'insight.target', { domainId });
  const of = async (scope: KeyFigures['scope'], ids: readonly string[]) => ({
    scope,
    ...(await listMetrics(ctx, scope, ids)),
  });
  if (led('')) return of({}, LEADERS);
  const owned = await db().product.findFirst({
    where: { ownerId: actor.id, status: { not: 'retired' } },
    select: { id: true },
  });
  if (owned) return of({ mine: 'yes' }, OWNERS);
  const domains = actor.memberships.filter(({ domainId }) => led(domainId));
  if (domains.length === 0) return null;
  return of(domains.length === 1 ? { domain: domains[0]!.domain } : {}, LEADERS);
}
