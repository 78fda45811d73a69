import type { Metadata } from 'next';
import { InboxView } from '@/components/alerts/inbox-view';
import type { Query } from '@/components/ui/href';
import { InboxFilter, listInbox } from '@/lib/alerts';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Inbox' };

export default async function InboxPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = { unread: one('unread'), after: one('after')?.slice(0, 100) };
  const { unread } = InboxFilter.parse(filter);
  return (
    <InboxView {...(await listInbox(ctx, filter))} query={query} onlyUnread={unread === true} />
  );
}
