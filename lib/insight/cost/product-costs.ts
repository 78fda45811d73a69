import { type Ctx, Prisma } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';
import { periodOf } from '../figures/period';
import { figuresOfAll, type MetricWords } from '../figures/queries';
import { type FoundScope, requireMetric } from '../figures/scope';

export interface ProductCost {
  unit: MetricWords['unit'];
  /** Of the last 30 days; null without prices. */
  cost: number | null;
  /** Null where too few reads were answered. */
  perRead: number | null;
}

const MOST = 20;

/** What some products cost in the last 30 days, by address; those that may not be found are left out. */
export async function productCosts(
  ctx: Ctx,
  addresses: readonly string[],
): Promise<Record<string, ProductCost>> {
  requireSignedIn(ctx, ['catalog:read']);
  const asked = addresses.slice(0, MOST);
  const where = Prisma.sql`(select d.name from domain d where d.id = p."domainId") || '/' || p.name = any(${asked}::text[])
    and p.name = any(${asked.map((one) => one.split('/')[1] ?? '')}::text[]) and ${await visibleProducts(ctx)}`;
  const scope: FoundScope = {
    ...{ range: '30d', where, parts: 'product' },
    ...{ domainId: null, productId: null, hidden: null },
  };
  const metrics = ['data_cost', 'cost_per_read'].map((id) => requireMetric(id));
  const [total, perRead] = await figuresOfAll(metrics, scope, periodOf('30d'));
  const reads = new Map(perRead!.parts.map(({ address, value }) => [address, value]));
  return Object.fromEntries(
    total!.parts.map(({ address, value }) => [
      address,
      { unit: total!.metric.unit, cost: value, perRead: reads.get(address) ?? null },
    ]),
  );
}
