import { HomeView } from '@/components/home/home-view';
import { listInbox } from '@/lib/alerts';
import { listDomains } from '@/lib/catalog';
import { popularProducts, recentlyUsed } from '@/lib/community';
import { requireUserCtx } from '@/lib/http/context';
import { governanceToday, myWork, needsMe } from '@/lib/insight';
import { openIncidents } from '@/lib/quality';

export default async function HomePage() {
  const ctx = await requireUserCtx();
  const [work, domains, incidents, needs, today, inbox, recent, popular] = await Promise.all([
    myWork(ctx),
    listDomains(ctx),
    openIncidents(ctx),
    needsMe(ctx),
    governanceToday(ctx),
    listInbox(ctx),
    recentlyUsed(ctx),
    popularProducts(ctx),
  ]);
  return (
    <HomeView
      name={ctx.actor.name}
      alerts={inbox.items}
      {...{ work, domains, incidents, needs, today, recent, popular }}
    />
  );
}
