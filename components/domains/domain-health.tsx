import { StatusBadge } from '@/components/ui/badge';
import type { DomainSummary } from '@/lib/catalog';

type Counts = Pick<DomainSummary, 'productCount' | 'liveCount' | 'failingCount'>;

/** Live: answering in production. Failing: the product's latest run failed. */
export function DomainHealth({ domain }: { domain: Counts }) {
  const { productCount, liveCount, failingCount } = domain;
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
      <span className="tabular">
        {productCount} {productCount === 1 ? 'product' : 'products'}
      </span>
      {liveCount > 0 && <StatusBadge tone="ok">{liveCount} live</StatusBadge>}
      {failingCount > 0 && <StatusBadge tone="error">{failingCount} failing</StatusBadge>}
    </p>
  );
}
