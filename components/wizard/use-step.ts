'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { anchorOf, type StepNumber } from './words';

/** The screen stands in the address; a field can be gone to, whichever screen it is on. */
export function useStep() {
  const query = useSearchParams().get('step');
  const step: StepNumber = query === '2' ? 2 : query === '3' ? 3 : 1;
  const wanted = useRef<string | null>(null);

  const go = useCallback((next: StepNumber) => {
    window.history.pushState(null, '', `?step=${next}`);
    window.scrollTo({ top: 0 });
  }, []);
  const goToField = useCallback(
    (path: string, next: StepNumber) => {
      if (next === step) focusField(path);
      else {
        wanted.current = path;
        go(next);
      }
    },
    [go, step],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the wanted screen is there
  useEffect(() => {
    if (wanted.current) focusField(wanted.current);
    wanted.current = null;
  }, [step]);
  return { step, go, goToField };
}

/** The field itself, or the nearest part of the form that holds it. */
function focusField(path: string): void {
  for (let part = path; part; part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) {
    const element = document.getElementById(anchorOf(part));
    if (!element) continue;
    element.scrollIntoView({ block: 'center' });
    element
      .querySelector<HTMLElement>('input:not([disabled]), select, textarea, button, [tabindex="0"]')
      ?.focus({ preventScroll: true });
    return;
  }
}
