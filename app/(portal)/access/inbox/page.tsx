import type { Metadata } from 'next';
import { InboxView } from '@/components/access/items-views';
import type { Query } from '@/components/ui/href';
import { accessInbox, InboxQuery } from '@/lib/access';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Requests to decide' };

export default async function InboxPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = InboxQuery.parse({ state: one('state'), after: one('after') });
  const page = await accessInbox(await requireUserCtx(), filter);
  return <InboxView {...page} state={filter.state} after={filter.after} />;
}
