import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CostView, UnusedCard } from '@/components/insight/cost/cost-view';
import type { Query } from '@/components/ui/href';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Ctx } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { costBoard, listDuplicates, unusedProducts } from '@/lib/insight';
import { insightScope } from '../scope';

export const metadata: Metadata = { title: 'Cost' };

export default async function CostPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { product: _product, mine: _mine, ...scope } = insightScope(await searchParams);
  const { problem: _problem, ...asked } = scope;
  const { domain } = asked;
  const ctx = await requireUserCtx();
  const one = domain ? { domain } : {};
  const [board, duplicates] = await orNotFound(() =>
    Promise.all([costBoard(ctx, asked), listDuplicates(ctx, one)]),
  );
  return (
    <CostView
      scope={scope}
      board={board}
      unused={
        <Suspense fallback={<SkeletonRows rows={3} label="Looking for unused products" />}>
          <Unused ctx={ctx} domain={domain} />
        </Suspense>
      }
      duplicates={duplicates}
    />
  );
}

/** All products are looked at for it: the figures do not wait for them. */
async function Unused({ ctx, domain }: { ctx: Ctx; domain: string | undefined }) {
  return (
    <UnusedCard unused={await unusedProducts(ctx, domain ? { domain } : {})} domain={domain} />
  );
}
