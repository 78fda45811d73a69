import { useEffect, useEffectEvent, useRef } from 'react';

const SUCCESS = 'portolan:success';
/** Somebody has their rows, or an answer to their statement: said by what shows it. */
export const announceSuccess = (): void => void window.dispatchEvent(new Event(SUCCESS));

/** How long the page was there, nobody typed and nothing lay over it. */
const QUIET_MS = 8000;
/** Between two looks on the way from page to page. */
const REST_MS = 60_000;
const OVERLAYS = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]';

/** Whether something lies over the page. */
export const isCovered = (): boolean => document.querySelector(OVERLAYS) !== null;

/**
 * Calls `act` at a quiet moment after a success, or on a new page: the page is looked at, nothing lies over it, no form is
 * half written and nobody has typed for a while.
 */
export function useGoodMoment(path: string, isWanted: boolean, act: () => void): void {
  const onMoment = useEffectEvent(act);
  const lastLook = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page is a new beginning
  useEffect(() => {
    if (!isWanted) return;
    let isDue = true;
    let busyAt = Date.now();
    const touched = new Set<Element>();
    const onInput = ({ target }: Event) => {
      busyAt = Date.now();
      if (!(target instanceof Element) || target.closest('[role="search"]')) return;
      touched.add(target.closest('form') ?? target);
    };
    const onSubmit = ({ target }: Event) => void touched.delete(target as Element);
    const onSuccess = () => {
      // What was typed has led to it.
      touched.clear();
      busyAt = Date.now();
      lastLook.current = 0;
      isDue = true;
    };
    const look = () => {
      if (isCovered()) busyAt = Date.now();
      const isHalfWritten = [...touched].some((one) => one.isConnected);
      const isResting = Date.now() - lastLook.current < REST_MS;
      if (!isDue || isResting || isHalfWritten) return;
      if (document.visibilityState !== 'visible' || Date.now() - busyAt < QUIET_MS) return;
      isDue = false;
      lastLook.current = Date.now();
      onMoment();
    };
    document.addEventListener('input', onInput, true);
    document.addEventListener('submit', onSubmit, true);
    window.addEventListener(SUCCESS, onSuccess);
    const timer = setInterval(look, 1000);
    return () => {
      document.removeEventListener('input', onInput, true);
      document.removeEventListener('submit', onSubmit, true);
      window.removeEventListener(SUCCESS, onSuccess);
      clearInterval(timer);
    };
  }, [path, isWanted]);
}
