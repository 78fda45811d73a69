'use client';

import { answerReviewAction } from '@/app/(portal)/products/[domain]/[product]/community-actions';
import { Button } from '@/components/ui/button';
import { TextDialog } from '@/components/ui/text-dialog';

/** The owner's answer under a review; emptied, it is taken back. */
export function ReplyButton({ reviewId, text }: { reviewId: string; text?: string }) {
  return (
    <TextDialog
      title={text ? 'Change the answer' : 'Answer this review'}
      description="Everybody reads it under the review, and its author is told."
      trigger={
        <Button size="sm" variant="ghost">
          {text ? 'Change the answer' : 'Answer'}
        </Button>
      }
      label="Your answer"
      hint={text && 'Empty it to take the answer back.'}
      submitLabel="Answer"
      done={text ? 'Changed' : 'Answered'}
      most={4000}
      initial={text}
      send={(words) => answerReviewAction({ reviewId, text: words })}
    />
  );
}
