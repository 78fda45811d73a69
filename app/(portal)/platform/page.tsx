import type { Metadata } from 'next';
import { PlatformView } from '@/components/platform/platform-view';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { platformOverview } from '@/lib/platform';

export const metadata: Metadata = { title: 'Platform' };

export default async function PlatformPage() {
  const ctx = await requireUserCtx();
  const platform = await platformOverview(ctx);
  return <PlatformView platform={platform} mayRecount={can(ctx, 'insight.recount')} />;
}
