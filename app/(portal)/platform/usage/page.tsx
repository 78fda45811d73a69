import type { Metadata } from 'next';
import { RecountView } from '@/components/platform/recount-view';
import { now } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import { listRecounts } from '@/lib/insight';

export const metadata: Metadata = { title: 'Figures of use' };

export default async function UsagePage() {
  const ctx = await requireUserCtx();
  const found = await orNotFound(() => listRecounts(ctx));
  return <RecountView {...found} today={now().toISOString().slice(0, 10)} />;
}
