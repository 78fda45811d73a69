import type { Metadata } from 'next';
import { SharedView } from '@/components/insight/shared-view';
import { isAppError } from '@/lib/core';
import { currentCtx } from '@/lib/http/context';
import { metricChart, openShare } from '@/lib/insight';

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
  const detail = shared?.state === 'open' && 'detail' in shared ? shared.detail : null;
  const chart = detail && metricChart(detail, detail.targetSteps);
  return <SharedView shared={shared} chart={chart} />;
}
