import type { Metadata } from 'next';
import { HoldsView } from '@/components/compliance/holds-view';
import { listHolds } from '@/lib/compliance';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Legal holds' };

export default async function HoldsPage() {
  const ctx = await requireUserCtx();
  return <HoldsView holds={await listHolds(ctx)} canManage={can(ctx, 'hold.manage')} />;
}
