'use client';

import { usePathname } from 'next/navigation';
import { type FormEvent, useEffect, useId, useState } from 'react';
import {
  answerSurveyAction,
  askSurveyAction,
  skipSurveyAction,
} from '@/app/(portal)/insight/actions';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormMessage } from '@/components/ui/form-message';
import { Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { SurveyQuestion } from '@/lib/insight';
import { isCovered, useGoodMoment } from './good-moment';
import { SCORES } from './survey-scale';

/** Asks the survey's question at a good moment, in a corner, without taking the focus. Whoever leaves it has been asked. */
export function SurveyPrompt() {
  const [asked, setAsked] = useState<SurveyQuestion | null>(null);
  const [isOver, setOver] = useState(false);
  const { run: ask } = useAction(askSurveyAction, setAsked);
  useGoodMoment(usePathname(), !asked && !isOver, () => ask({}));
  const close = () => {
    // Who answered by keyboard goes on with the page.
    if (document.activeElement?.closest('[data-survey]')) document.getElementById('main')?.focus();
    setAsked(null);
    setOver(true);
  };
  return (
    <>
      <p className="sr-only" role="status">
        {asked ? 'A short question stands at the end of the page. Escape skips it.' : ''}
      </p>
      {asked && <Question asked={asked} onClose={close} />}
    </>
  );
}

function Question({ asked, onClose }: { asked: SurveyQuestion; onClose: () => void }) {
  const { ballot, question, isAnonymous } = asked;
  const id = useId();
  const toast = useToast();
  const [score, setScore] = useState<number | null>(null);
  const skip = useAction(skipSurveyAction, onClose);
  const answer = useAction(answerSurveyAction, () => {
    toast({ title: 'Thank you', tone: 'ok' });
    onClose();
  });
  useEscape(() => skip.run({ ballot }));
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (score === null) return;
    answer.run({ ballot, score, comment: textOf(new FormData(event.currentTarget), 'comment') });
  }
  return (
    <form
      onSubmit={submit}
      aria-labelledby={id}
      data-survey
      className="fixed inset-x-3 bottom-3 z-40 grid animate-rise gap-3 rounded-xl border bg-raised p-4 shadow-lg sm:right-5 sm:bottom-5 sm:left-auto sm:w-96"
    >
      <fieldset className="min-w-0">
        <legend id={id} className="font-medium">
          {question}
        </legend>
        <div className="mt-3 grid grid-cols-5 gap-2">
          {SCORES.map((one) => (
            <label
              key={one.score}
              className="flex h-11 cursor-pointer items-center justify-center rounded-md border font-medium hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                name="score"
                value={one.score}
                aria-label={`${one.score}, ${one.label}`}
                checked={score === one.score}
                onChange={() => setScore(one.score)}
                className="sr-only"
              />
              <span aria-hidden>{one.score}</span>
            </label>
          ))}
        </div>
        <p aria-hidden className="mt-1 flex justify-between text-xs text-subtle">
          <span>Very dissatisfied</span>
          <span>Very satisfied</span>
        </p>
      </fieldset>
      {score !== null && (
        <Field label="Why?" optional>
          <Textarea name="comment" rows={2} maxLength={1000} />
        </Field>
      )}
      <p className="text-sm text-subtle">
        {isAnonymous
          ? 'Anonymous: nothing says that it was you. Leave names out of your words.'
          : 'Those who look after the survey see your name with it.'}
      </p>
      <FormMessage message={answer.message ?? skip.message} />
      <div className="flex justify-end gap-2">
        <Button variant="ghost" loading={skip.isPending} onClick={() => skip.run({ ballot })}>
          Skip
        </Button>
        <Button
          type="submit"
          variant="primary"
          disabled={score === null}
          loading={answer.isPending}
        >
          Send
        </Button>
      </div>
    </form>
  );
}

/** Escape, where nothing else takes it. */
function useEscape(act: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isCovered()) act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}
