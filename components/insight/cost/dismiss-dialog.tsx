'use client';

import { useRouter } from 'next/navigation';
import {
  dismissDuplicateAction,
  restoreDuplicateAction,
} from '@/app/(portal)/insight/cost/actions';
import { Button } from '@/components/ui/button';
import { FormMessage } from '@/components/ui/form-message';
import { TextDialog } from '@/components/ui/text-dialog';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';

interface DismissDialogProps {
  /** Their addresses. */
  products: [string, string];
  titles: [string, string];
}

/** Says what tells two products apart, so that they are listed no more. */
export const DismissDialog = ({ products, titles }: DismissDialogProps) => (
  <TextDialog
    title="Not a duplicate"
    description={`${titles.join(' and ')} are listed no more as alike, for everybody. It can be taken back under Dismissed.`}
    trigger={<Button size="sm">Not a duplicate</Button>}
    label="What tells them apart"
    most={500}
    submitLabel="Dismiss"
    send={(reason) => dismissDuplicateAction({ products, reason })}
  />
);

/** Lists the two as alike again. */
export function RestoreButton({ products }: { products: [string, string] }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message } = useAction(restoreDuplicateAction, () => {
    toast({ title: 'They are listed again', tone: 'ok' });
    router.refresh();
  });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button size="sm" loading={isPending} onClick={() => run({ products })}>
        List again
      </Button>
      <FormMessage message={message} />
    </div>
  );
}
