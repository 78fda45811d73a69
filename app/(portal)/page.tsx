import { HomeView } from '@/components/home/home-view';
import { listDomains } from '@/lib/catalog';
import { requireUserCtx } from '@/lib/http/context';
import { myWork } from '@/lib/insight';

export default async function HomePage() {
  const ctx = await requireUserCtx();
  const [work, domains] = await Promise.all([myWork(ctx), listDomains(ctx)]);
  return <HomeView name={ctx.actor.name} work={work} domains={domains} />;
}
