import { HomeView } from '@/components/home/home-view';
import { listDomains } from '@/lib/catalog';
import { requireUserCtx } from '@/lib/http/context';
import { myWork } from '@/lib/insight';
import { openIncidents } from '@/lib/quality';

export default async function HomePage() {
  const ctx = await requireUserCtx();
  const [work, domains, incidents] = await Promise.all([
    myWork(ctx),
    listDomains(ctx),
    openIncidents(ctx),
  ]);
  return <HomeView name={ctx.actor.name} {...{ work, domains, incidents }} />;
}
