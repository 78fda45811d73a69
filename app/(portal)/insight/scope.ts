import type { InsightScope } from '@/components/insight/scope-href';
import type { Query } from '@/components/ui/href';
import { type Ctx, can, isAppError } from '@/lib/core';
import { daysOf, Scope } from '@/lib/insight';

/** What an address says; what it says wrongly narrows nothing, and days that make no period are told of. */
export function insightScope(query: Query): InsightScope & Scope {
  const one = (name: string) => [query[name] ?? []].flat()[0] || undefined;
  const { range, domain, product, mine, compare, from, to } = Scope.shape;
  const found = {
    range: range.safeParse(one('range')).data ?? '30d',
    compare: compare.safeParse(one('compare')).data ?? 'previous',
    domain: domain.safeParse(one('domain')).data,
    product: product.safeParse(one('product')).data,
    mine: mine.safeParse(one('mine')).data,
  };
  const { product: _, ...mesh } = found;
  const about = found.domain ? { ...found, mine: undefined } : mesh;
  const days = { from: from.safeParse(one('from')).data, to: to.safeParse(one('to')).data };
  try {
    return { ...about, ...daysOf(days) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...about, problem: error.message };
  }
}

/** A link shows what its maker may find, not what they own. */
export const mayShareView = (ctx: Ctx, { mine }: InsightScope): boolean =>
  can(ctx, 'insight.share') && !mine;
