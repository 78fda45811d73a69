import type { Metadata } from 'next';
import { TagsView } from '@/components/tags/tags-view';
import type { Query } from '@/components/ui/href';
import { listTags, TagFilter } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Tags' };

export default async function TagsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? []].flat()[0] || undefined;
  const { q, state, after } = TagFilter.shape;
  // What an address says wrongly narrows nothing.
  const filter = {
    q: q.safeParse(one('q')).data,
    state: state.safeParse(one('state')).data,
    after: after.safeParse(one('after')).data,
  };
  return <TagsView page={await listTags(ctx, filter)} filter={filter} query={query} />;
}
