'use client';

import { archiveCheckAction } from '@/app/(portal)/governance/checks/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

interface ArchiveButtonProps {
  name: string;
  title: string;
  rev: number;
  isArchived: boolean;
}

/** Takes a check out of force, or back into it. */
export function ArchiveButton({ name, title, rev, isArchived }: ArchiveButtonProps) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{isArchived ? 'Take back' : 'Archive'}</Button>}
      title={isArchived ? `Put “${title}” in force again?` : `Archive “${title}”?`}
      effects={
        isArchived
          ? ['Scorecards ask it again from the next recording on.']
          : [
              'Scorecards ask it no more, from the next recording on.',
              'Its wordings, and what it said, stay in the history.',
            ]
      }
      confirmLabel={isArchived ? 'Take back' : 'Archive'}
      danger={!isArchived}
      onConfirm={() => archiveCheckAction({ name, rev, isArchived: !isArchived })}
    />
  );
}
