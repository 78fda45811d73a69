import type { Metadata } from 'next';
import { DigestsView } from '@/components/insight/digests-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { listDigests } from '@/lib/insight';
import { insightScope } from '../scope';

export const metadata: Metadata = { title: 'Insight by e-mail' };

export default async function DigestsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const scope = insightScope(await searchParams);
  const ctx = await requireUserCtx();
  return <DigestsView scope={scope} {...(await listDigests(ctx))} />;
}
