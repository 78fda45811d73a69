import type { Metadata } from 'next';
import { ItemView } from '@/components/access/item-view';
import { getRequestItem } from '@/lib/access';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

export const metadata: Metadata = { title: 'Request for access' };

export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireUserCtx();
  const { id } = await params;
  return <ItemView item={await orNotFound(() => getRequestItem(ctx, id))} />;
}
