'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { simulatePolicyAction } from '@/app/(portal)/governance/policies/actions';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';

interface SimulateButtonProps {
  policyId: string;
  rev: number;
  name: string;
  /** The draft has something that is not saved, or errors. */
  disabled?: boolean;
}

/** Begins a simulation and shows it. */
export function SimulateButton({ policyId, rev, name, disabled }: SimulateButtonProps) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const simulate = () =>
    startTransition(async () => {
      const answer = await simulatePolicyAction({ policyId, rev });
      if (!answer.ok && answer.code !== 'conflict') {
        return void toast({ title: answer.message, tone: 'error' });
      }
      router.push(`/governance/policies/${name}/simulation`);
      router.refresh();
    });
  return (
    <Button loading={isPending} disabled={disabled} onClick={simulate}>
      Simulate
    </Button>
  );
}
