'use client';

import { useRouter } from 'next/navigation';
import { addRuleAction } from '@/app/(portal)/products/[domain]/[product]/quality/actions';
import { useToast } from '@/components/ui/toast';
import { RuleDialog } from './rule-dialog';
import type { RuleColumn } from './rule-form';

interface AddRuleProps {
  productId: string;
  columns: RuleColumn[];
  taken: string[];
}

/** A rule for a product that exists: it counts from the next run on. */
export function AddRule({ productId, ...dialog }: AddRuleProps) {
  const router = useRouter();
  const toast = useToast();
  return (
    <RuleDialog
      {...dialog}
      onAdd={async (rule) => {
        const answer = await addRuleAction({ productId, ...rule });
        if (!answer.ok) return Object.values(answer.fields ?? {})[0] ?? answer.message;
        toast({ title: 'Added', description: 'It counts from the next run on.', tone: 'ok' });
        router.refresh();
        return null;
      }}
    />
  );
}
