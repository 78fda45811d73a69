import { Suspense } from 'react';
import { HomeView } from '@/components/home/home-view';
import { KeyFiguresCard } from '@/components/home/key-figures';
import { SkeletonRows } from '@/components/ui/skeleton';
import { listInbox } from '@/lib/alerts';
import { listDomains } from '@/lib/catalog';
import { popularProducts, recentlyUsed } from '@/lib/community';
import type { Ctx } from '@/lib/core';
import { discoverable } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';
import { governanceToday, keyFigures, myWork, needsMe } from '@/lib/insight';
import { openIncidents } from '@/lib/quality';

export default async function HomePage() {
  const ctx = await requireUserCtx();
  const [work, domains, incidents, needs, today, inbox, recent, popular] = await Promise.all([
    myWork(ctx),
    listDomains(ctx),
    openIncidents(ctx),
    needsMe(ctx),
    governanceToday(ctx),
    listInbox(ctx, discoverable),
    recentlyUsed(ctx),
    popularProducts(ctx),
  ]);
  return (
    <HomeView
      name={ctx.actor.name}
      alerts={inbox.items}
      figures={
        <Suspense fallback={<SkeletonRows rows={3} label="Loading figures" />}>
          <Figures ctx={ctx} />
        </Suspense>
      }
      {...{ work, domains, incidents, needs, today, recent, popular }}
    />
  );
}

/** Figures take longer than lists: the page does not wait for them. */
async function Figures({ ctx }: { ctx: Ctx }) {
  const figures = await keyFigures(ctx);
  return figures && <KeyFiguresCard figures={figures} />;
}
