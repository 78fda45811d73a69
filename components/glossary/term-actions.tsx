'use client';

import { Check, Trash2, Unlink } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import {
  approveTermAction,
  deleteTermAction,
  linkTermAction,
  restoreTermAction,
  unlinkTermAction,
} from '@/app/(portal)/glossary/actions';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useToast } from '@/components/ui/toast';
import type { TermDetail } from '@/lib/glossary';
import { termHref } from './term-href';

type Answer = { ok: true } | { ok: false; message: string };

/** Does it, or says what was refused. */
function useDoing() {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const run = <Done extends Answer>(
    call: () => Promise<Done>,
    then: (answer: Extract<Done, { ok: true }>) => void,
  ) =>
    startTransition(async () => {
      const answer = await call();
      if (answer.ok) then(answer as Extract<Done, { ok: true }>);
      else toast({ title: answer.message, tone: 'error' });
    });
  return { isPending, run, toast, router };
}

export function ApproveButton({ term }: { term: TermDetail }) {
  const { isPending, run, toast, router } = useDoing();
  const approve = () =>
    run(
      () => approveTermAction({ term: term.slug, rev: term.rev }),
      () => {
        toast({ title: `“${term.name}” is approved` });
        router.refresh();
      },
    );
  return (
    <Button variant="primary" icon={<Check aria-hidden />} loading={isPending} onClick={approve}>
      Approve
    </Button>
  );
}

export function DeleteTermButton({ term }: { term: TermDetail }) {
  const { isPending, run, toast, router } = useDoing();
  const bringBack = (termId: string) =>
    run(
      () => restoreTermAction({ termId }),
      ({ data }) => router.push(termHref(data.slug)),
    );
  const remove = () =>
    run(
      () => deleteTermAction({ term: term.slug, rev: term.rev }),
      ({ data }) => {
        const undo = { label: 'Undo', onClick: () => bringBack(data.termId) };
        toast({ title: `“${term.name}” is deleted`, action: undo });
        router.push('/glossary');
      },
    );
  return (
    <Button icon={<Trash2 aria-hidden />} loading={isPending} onClick={remove}>
      Delete
    </Button>
  );
}

interface UnlinkButtonProps {
  term: string;
  product: string;
  column: string;
}

export function UnlinkButton({ term, product, column }: UnlinkButtonProps) {
  const { isPending, run, toast, router } = useDoing();
  const link = { term, product, column };
  const bringBack = () =>
    run(
      () => linkTermAction(link),
      () => router.refresh(),
    );
  const remove = () =>
    run(
      () => unlinkTermAction(link),
      () => {
        toast({ title: 'The link is gone', action: { label: 'Undo', onClick: bringBack } });
        router.refresh();
      },
    );
  const what = column ? `${column} of ${product}` : product;
  return (
    <IconButton
      size="sm"
      label={`Unlink ${what}`}
      icon={<Unlink />}
      disabled={isPending}
      onClick={remove}
    />
  );
}
