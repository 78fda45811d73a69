import type { Metadata } from 'next';
import { InboxView } from '@/components/alerts/inbox-view';
import type { Query } from '@/components/ui/href';
import { InboxFilter, inboxFacets, listInbox } from '@/lib/alerts';
import { discoverable } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Inbox' };

export default async function InboxPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = InboxFilter.parse({
    unread: one('unread'),
    group: one('group') || undefined,
    product: one('product')?.slice(0, 200) || undefined,
    after: one('after')?.slice(0, 100),
  });
  const { unread, ...rest } = filter;
  const [page, facets] = await Promise.all([
    listInbox(ctx, discoverable, { ...rest, ...(unread && { unread: 'true' }) }),
    inboxFacets(ctx, discoverable),
  ]);
  return <InboxView {...page} facets={facets} filter={filter} query={query} />;
}
