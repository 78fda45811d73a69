'use client';

import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import {
  withdrawReviewAction,
  writeReviewAction,
} from '@/app/(portal)/products/[domain]/[product]/community-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { ReviewRow } from '@/lib/community';
import { StarField } from './star-field';

interface ReviewFormProps {
  productId: string;
  mine: ReviewRow | null;
}

/** A consumer's one review: written, edited, withdrawn. */
export function ReviewForm({ productId, mine }: ReviewFormProps) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending, message, fields } = useAction(writeReviewAction, () => {
    toast({ title: 'Your review stands', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const stars = Number(textOf(form, 'stars'));
    run({ productId, stars, text: textOf(form, 'text'), rev: mine?.rev ?? 0 });
  }
  const isShown = mine !== null && !mine.isWithdrawn;
  return (
    <form onSubmit={submit} noValidate className="grid gap-3" key={mine?.rev}>
      <StarField defaultValue={mine?.stars} error={fields.stars} />
      <Field label="What others should know" optional error={fields.text}>
        <Textarea name="text" rows={3} maxLength={4000} defaultValue={mine?.text} dir="auto" />
      </Field>
      <FormMessage message={message} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="sm" variant="primary" loading={isPending}>
          {isShown ? 'Edit my review' : 'Publish my review'}
        </Button>
        {isShown && <WithdrawButton reviewId={mine.id} />}
      </div>
    </form>
  );
}

function WithdrawButton({ reviewId }: { reviewId: string }) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Withdraw</Button>}
      title="Withdraw your review?"
      effects={['It is shown no more and counts no more.', 'Write again and it stands again.']}
      confirmLabel="Withdraw"
      onConfirm={() => withdrawReviewAction({ reviewId })}
    />
  );
}
