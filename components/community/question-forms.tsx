'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import {
  acceptAnswerAction,
  answerQuestionAction,
  askQuestionAction,
  closeQuestionAction,
} from '@/app/(portal)/products/[domain]/[product]/community-actions';
import { Button } from '@/components/ui/button';
import { TextDialog } from '@/components/ui/text-dialog';
import { useToast } from '@/components/ui/toast';
import { TextForm } from './text-form';

export function AskForm({ productId }: { productId: string }) {
  return (
    <TextForm
      label="Ask the owner"
      hint="Everybody reads the question and its answers. You are told when one comes."
      button="Ask"
      done="Asked"
      most={2000}
      send={(text) => askQuestionAction({ productId, text })}
    />
  );
}

export function AnswerButton({ questionId }: { questionId: string }) {
  return (
    <TextDialog
      title="Answer this question"
      trigger={<Button size="sm">Answer</Button>}
      label="Your answer"
      submitLabel="Answer"
      done="Answered"
      most={4000}
      send={(text) => answerQuestionAction({ questionId, text })}
    />
  );
}

/** Calls, then shows the page anew. */
function useDo() {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const perform = (call: () => Promise<{ ok: true } | { ok: false; message: string }>) =>
    startTransition(async () => {
      const answer = await call();
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      router.refresh();
    });
  return { perform, isPending };
}

export function CloseButton({ questionId, isClosed }: { questionId: string; isClosed: boolean }) {
  const { perform, isPending } = useDo();
  return (
    <Button
      size="sm"
      variant="ghost"
      loading={isPending}
      onClick={() => perform(() => closeQuestionAction({ questionId, isClosed: !isClosed }))}
    >
      {isClosed ? 'Open again' : 'Close'}
    </Button>
  );
}

export function AcceptButton({ answerId, isAccepted }: { answerId: string; isAccepted: boolean }) {
  const { perform, isPending } = useDo();
  return (
    <Button
      size="sm"
      variant="ghost"
      loading={isPending}
      onClick={() => perform(() => acceptAnswerAction({ answerId, isAccepted: !isAccepted }))}
    >
      {isAccepted ? 'No longer accept' : 'It helped: accept'}
    </Button>
  );
}
