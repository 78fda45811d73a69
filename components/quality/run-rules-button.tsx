'use client';

import { RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { recheckQualityAction } from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';

/** Runs the rules over what is served; incidents whose rule is met end with it. */
export function RunRulesButton({ productId }: { productId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      const answer = await recheckQualityAction({ productId });
      if (!answer.ok) {
        return toast({
          title: 'The rules were not run',
          description: answer.message,
          tone: 'error',
        });
      }
      toast({ title: 'The rules run', description: 'The results stand here in a moment.' });
      router.refresh();
    });
  return (
    <Button size="sm" icon={<RefreshCw aria-hidden />} loading={isPending} onClick={run}>
      Run the rules
    </Button>
  );
}
