import type { Metadata } from 'next';
import { CostView } from '@/components/insight/cost/cost-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { costBoard, listDuplicates, type Scope, unusedProducts } from '@/lib/insight';
import { insightScope } from '../scope';

export const metadata: Metadata = { title: 'Cost' };

export default async function CostPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { range, domain }: Scope = insightScope(await searchParams);
  const ctx = await requireUserCtx();
  const one = domain ? { domain } : {};
  const [board, unused, duplicates] = await orNotFound(() =>
    Promise.all([
      costBoard(ctx, { range, ...one }),
      unusedProducts(ctx, one),
      listDuplicates(ctx, one),
    ]),
  );
  return (
    <CostView
      scope={{ range: range ?? '30d', domain }}
      board={board}
      unused={unused}
      duplicates={duplicates}
    />
  );
}
