'use client';

import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { runMonitorAction } from '@/app/(portal)/governance/compliance/actions';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';

/** Has a rule look at every live product now. */
export function RunMonitorButton({ rule, isRunning }: { rule: string; isRunning: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(runMonitorAction, () => {
    toast({ title: 'The monitor looks now', tone: 'ok' });
    router.refresh();
  });
  const refusal = message ?? fields.rule;
  return (
    <>
      <Button
        size="sm"
        icon={<Play />}
        loading={isPending}
        disabled={isRunning}
        onClick={() => run({ rule })}
      >
        Run now<span className="sr-only">: {rule}</span>
      </Button>
      {refusal && (
        <span role="alert" className="block text-sm text-error">
          {refusal}
        </span>
      )}
    </>
  );
}
