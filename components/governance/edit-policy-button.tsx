'use client';

import { PencilLine, Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { draftPolicyAction } from '@/app/(portal)/governance/policies/actions';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';

/** Begins the next version from the one in force, or from an older one to go back to it. */
export function EditPolicyButton({ name, fromVersion }: { name: string; fromVersion?: number }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending } = useAction(
    async (input: { name: string; fromVersion?: number }) => {
      const result = await draftPolicyAction(input);
      if (!result.ok) toast({ title: result.message, tone: 'error' });
      return result;
    },
    () => router.push(`/governance/policies/${name}/draft`),
  );
  const isBack = fromVersion !== undefined;
  return (
    <Button
      size={isBack ? 'sm' : 'md'}
      variant={isBack ? 'secondary' : 'primary'}
      icon={isBack ? <Undo2 /> : <PencilLine />}
      loading={isPending}
      onClick={() => run(isBack ? { name, fromVersion } : { name })}
    >
      {isBack ? `Go back to v${fromVersion}` : 'Edit'}
    </Button>
  );
}
