import type { Metadata } from 'next';
import { PlatformView } from '@/components/platform/platform-view';
import { requireUserCtx } from '@/lib/http/context';
import { platformOverview } from '@/lib/platform';

export const metadata: Metadata = { title: 'Platform' };

export default async function PlatformPage() {
  const ctx = await requireUserCtx();
  return <PlatformView platform={await platformOverview(ctx)} />;
}
