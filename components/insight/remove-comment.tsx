'use client';

import { useRouter } from 'next/navigation';
import { removeCommentAction } from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

export function RemoveComment({ commentId }: { commentId: string }) {
  const router = useRouter();
  const remove = async () => {
    const result = await removeCommentAction({ commentId });
    if (result.ok) router.refresh();
    return result;
  };
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" size="sm">
          Remove
        </Button>
      }
      title="Remove this comment?"
      effects={['Its words are deleted for good.', 'The answer counts still.']}
      confirmLabel="Remove"
      onConfirm={remove}
    />
  );
}
