import type { Metadata } from 'next';
import { MyRequestsView } from '@/components/access/items-views';
import type { Query } from '@/components/ui/href';
import { myRequests } from '@/lib/access';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'My requests' };

export default async function MyRequestsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const after = [(await searchParams).after ?? []].flat()[0];
  const page = await myRequests(await requireUserCtx(), { after });
  return <MyRequestsView {...page} after={after} />;
}
