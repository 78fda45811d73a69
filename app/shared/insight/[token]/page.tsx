import type { Metadata } from 'next';
import { SharedView } from '@/components/insight/shared-view';
import { isAppError } from '@/lib/core';
import { currentCtx } from '@/lib/http/context';
import { openShare } from '@/lib/insight';

/** The same of every link, also of one that was never given. */
export const metadata: Metadata = {
  title: 'Shared figures',
  robots: { index: false, follow: false, nocache: true },
  referrer: 'no-referrer',
};

export default async function SharedPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const ctx = await currentCtx();
  const shared = await openShare(ctx, token).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'rate_limited') return { state: 'busy' } as const;
    throw error;
  });
  return <SharedView shared={shared} />;
}
