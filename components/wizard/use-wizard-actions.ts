'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { submitProductAction } from '@/app/(portal)/products/drafts/[id]/actions';
import { useToast } from '@/components/ui/toast';
import type { DraftView } from '@/lib/products/draft-queries';
import type { useAutosave } from './use-autosave';
import { useCheck } from './use-review';
import { type StepNumber, stepOfPath } from './words';

interface Deps {
  draft: DraftView;
  save: ReturnType<typeof useAutosave>;
  setErrors: (errors: Record<string, string>) => void;
  step: StepNumber;
  go: (step: StepNumber) => void;
}

/** Going on and submitting: both save first, and both stop at what has to be mended. */
export function useWizardActions({ draft, save, setErrors, step, go }: Deps) {
  const router = useRouter();
  const toast = useToast();
  const check = useCheck(draft.id);
  const [isPending, startTransition] = useTransition();

  const next = () =>
    startTransition(async () => {
      if (!(await save.flush())) return;
      try {
        const { fields } = await check();
        const mine = Object.entries(fields).filter(([path]) => stepOfPath(path) <= step);
        setErrors(Object.fromEntries(mine));
        if (mine.length === 0) go((step + 1) as StepNumber);
      } catch (error) {
        const description = error instanceof Error ? error.message : undefined;
        toast({ title: 'The draft could not be checked', description, tone: 'error' });
      }
    });

  const submit = () =>
    startTransition(async () => {
      if (!(await save.flush())) return;
      try {
        const { fields, rev } = await check();
        setErrors(fields);
        if (Object.keys(fields).length > 0) return;
        const result = await submitProductAction({ draftId: draft.id, rev });
        if (result.ok) router.push(`/runs/${result.data.runId}`);
        else {
          setErrors(result.fields ?? {});
          toast({ title: 'Not submitted', description: result.message, tone: 'error' });
        }
      } catch (error) {
        const description = error instanceof Error ? error.message : undefined;
        toast({ title: 'Not submitted', description, tone: 'error' });
      }
    });

  return { next, submit, isPending };
}
