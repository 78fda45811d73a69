'use client';

import { RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { retryRunAction } from '@/app/(portal)/runs/actions';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';

/** Starts a new run of the same work and goes there. */
export function RetryButton({ runId }: { runId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const retry = () =>
    startTransition(async () => {
      const result = await retryRunAction({ runId });
      if (result.ok) router.push(`/runs/${result.data.runId}`);
      else
        toast({ title: 'It could not be tried again', description: result.message, tone: 'error' });
    });
  return (
    <Button variant="primary" loading={isPending} icon={<RotateCcw aria-hidden />} onClick={retry}>
      Try again
    </Button>
  );
}
