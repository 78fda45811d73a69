'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { switchRuleAction } from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';

interface RuleSwitchProps {
  ruleId: string;
  name: string;
  isEnabled: boolean;
}

/** Switches a rule off, or on again; it counts from the next run on. */
export function RuleSwitch({ ruleId, name, isEnabled }: RuleSwitchProps) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const change = () =>
    startTransition(async () => {
      const answer = await switchRuleAction({ ruleId, isEnabled: !isEnabled });
      if (!answer.ok) return toast({ title: answer.message, tone: 'error' });
      toast({ title: isEnabled ? 'Switched off' : 'Switched on', tone: 'ok' });
      router.refresh();
    });
  const word = isEnabled ? 'Switch off' : 'Switch on';
  return (
    <Button size="sm" variant="ghost" loading={isPending} onClick={change}>
      {word}
      <span className="sr-only"> {name}</span>
    </Button>
  );
}
