import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { MyDataView } from '@/components/access/my-data-view';
import { myData, myRequests } from '@/lib/access';
import { requireUserCtx } from '@/lib/http/context';
import { ownOrigin } from '@/lib/http/origin';

export const metadata: Metadata = { title: 'My data' };

export default async function MyDataPage() {
  const ctx = await requireUserCtx();
  const [data, { items }] = await Promise.all([myData(ctx), myRequests(ctx)]);
  const host = (await headers()).get('host') ?? undefined;
  return <MyDataView data={data} requests={items} origin={ownOrigin(host)} />;
}
