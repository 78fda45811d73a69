import type { Query } from '@/components/ui/href';
import { Scope } from '@/lib/insight';

/** What an address says; what it says wrongly narrows nothing. */
export function insightScope(query: Query) {
  const one = (name: string) => [query[name] ?? []].flat()[0] || undefined;
  const { range, domain, product } = Scope.shape;
  const found = {
    range: range.safeParse(one('range')).data ?? '30d',
    domain: domain.safeParse(one('domain')).data,
    product: product.safeParse(one('product')).data,
  };
  return found.domain ? found : { range: found.range };
}
