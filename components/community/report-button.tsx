'use client';

import { Flag } from 'lucide-react';
import { reportContentAction } from '@/app/(portal)/products/[domain]/[product]/community-actions';
import { IconButton } from '@/components/ui/icon-button';
import { TextDialog } from '@/components/ui/text-dialog';

interface ReportButtonProps {
  kind: 'review' | 'question' | 'answer';
  targetId: string;
  /** Whose text it is, for the button's name. */
  author: string;
}

/** Tells stewards that a text is out of place. */
export function ReportButton({ kind, targetId, author }: ReportButtonProps) {
  return (
    <TextDialog
      title={`Report this ${kind}?`}
      description="A steward decides whether it is hidden. You are told what they decide."
      trigger={<IconButton size="sm" label={`Report the ${kind} of ${author}`} icon={<Flag />} />}
      label="What is wrong with it"
      submitLabel="Report"
      done="Reported"
      most={1000}
      send={(reason) => reportContentAction({ kind, targetId, reason })}
    />
  );
}
