'use client';

import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { runPipelineAction } from '@/app/(portal)/products/[domain]/[product]/actions';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';

/** Loads the product's data again now. */
export function RunNowButton({ productId }: { productId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      const result = await runPipelineAction({ productId });
      if (!result.ok) {
        toast({ title: 'The load was not started', description: result.message, tone: 'error' });
        return;
      }
      toast({ title: 'The load has started', description: 'Its progress stands under Runs.' });
      router.refresh();
    });
  return (
    <Button icon={<Play aria-hidden />} loading={isPending} onClick={run}>
      Run now
    </Button>
  );
}
