import type { Metadata } from 'next';
import { RetentionView } from '@/components/compliance/retention-view';
import type { Query } from '@/components/ui/href';
import { listRetention, RetentionFilter } from '@/lib/compliance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Retention' };

export default async function RetentionPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = RetentionFilter.parse({
    domain: one('domain')?.slice(0, 63),
    after: one('after')?.slice(0, 100),
  });
  return <RetentionView {...(await listRetention(ctx, filter))} query={query} />;
}
