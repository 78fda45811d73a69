'use client';

import { decideReportAction } from '@/app/(portal)/governance/reports/actions';
import { Button } from '@/components/ui/button';
import { TextDialog } from '@/components/ui/text-dialog';

interface DecideButtonProps {
  reportId: string;
  decision: 'hide' | 'keep';
}

export function DecideButton({ reportId, decision }: DecideButtonProps) {
  const isHide = decision === 'hide';
  return (
    <TextDialog
      title={isHide ? 'Hide this text?' : 'Let it stand?'}
      description={
        isHide
          ? 'Only its author and stewards see it then; a review counts no more. Its author and who reported it are told why.'
          : 'Everybody sees it. Who reported it is told why.'
      }
      trigger={
        <Button size="sm" variant={isHide ? 'danger-quiet' : 'secondary'}>
          {isHide ? 'Hide it' : 'Let it stand'}
        </Button>
      }
      label="Why"
      submitLabel={isHide ? 'Hide it' : 'Let it stand'}
      done="Decided"
      most={1000}
      send={(note) => decideReportAction({ reportId, decision, note })}
    />
  );
}
