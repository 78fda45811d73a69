import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunView } from '@/components/provisioning/run-view';
import { isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { getRun, runLogs } from '@/lib/provisioning';

export const metadata: Metadata = { title: 'Run' };

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await requireUserCtx();
  const run = await getRun(ctx, id).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  return <RunView key={run.id} initialRun={run} initialLogs={await runLogs(ctx, id)} />;
}
