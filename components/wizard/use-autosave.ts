'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { saveDraftAction } from '@/app/(portal)/products/drafts/[id]/actions';
import type { DraftData } from '@/lib/products/draft-data';
import type { NewerDraft } from '@/lib/products/save-draft';

const DEBOUNCE_MS = 700;

export type SaveState =
  | { kind: 'saved'; at: string }
  | { kind: 'dirty' }
  | { kind: 'saving' }
  | { kind: 'failed'; message: string }
  | { kind: 'stale'; newer: NewerDraft };

interface Held {
  data: DraftData;
  rev: number;
  /** Raised by every edit; what a save covered is compared with it. */
  edit: number;
  savedEdit: number;
  running: Promise<boolean> | null;
  timer?: ReturnType<typeof setTimeout>;
  isPaused: boolean;
  isStale: boolean;
}

interface Start {
  id: string;
  data: DraftData;
  rev: number;
  updatedAt: string;
}

/**
 * The draft as the person sees it, saved a moment after each edit, one save at a time. A save that met
 * a newer draft stops everything until the person chose.
 */
export function useAutosave(start: Start) {
  const [data, setData] = useState(start.data);
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: start.updatedAt });
  /** The revision that the server holds: raised when a save is done. */
  const [savedRev, setSavedRev] = useState(start.rev);
  const held = useRef<Held>({
    data: start.data,
    rev: start.rev,
    edit: 0,
    savedEdit: 0,
    running: null,
    isPaused: false,
    isStale: false,
  });

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const now = held.current;
    const { edit } = now;
    setState({ kind: 'saving' });
    const result = await saveDraftAction({ draftId: start.id, rev: now.rev, data: now.data }).catch(
      () => ({
        ok: false as const,
        message: 'The portal does not answer. Your changes are kept here.',
      }),
    );
    if (!result.ok) {
      setState({ kind: 'failed', message: result.message });
      return false;
    }
    if (result.data.status === 'stale') {
      now.isStale = true;
      setState({ kind: 'stale', newer: result.data.newer });
      return false;
    }
    now.rev = result.data.rev;
    setSavedRev(now.rev);
    now.savedEdit = edit;
    setState(now.edit === edit ? { kind: 'saved', at: result.data.savedAt } : { kind: 'dirty' });
    return true;
  }, [start.id]);

  const run = useCallback((): Promise<boolean> => {
    const now = held.current;
    now.running ??= saveOnce().finally(() => {
      now.running = null;
    });
    return now.running;
  }, [saveOnce]);

  /** Saves whatever is not saved. False when it could not. */
  const flush = useCallback(async (): Promise<boolean> => {
    const now = held.current;
    clearTimeout(now.timer);
    while (!now.isStale && (now.running || now.edit !== now.savedEdit)) {
      if (!(await run())) return false;
    }
    return !now.isStale;
  }, [run]);

  /** One save when the typing pauses, however long a save takes. */
  const schedule = useCallback(() => {
    const now = held.current;
    clearTimeout(now.timer);
    if (now.isPaused || now.isStale) return;
    now.timer = setTimeout(async () => {
      if (now.running) schedule();
      else if (now.edit !== now.savedEdit) await run();
    }, DEBOUNCE_MS);
  }, [run]);

  const update = useCallback(
    (change: Partial<DraftData> | ((data: DraftData) => Partial<DraftData>)) => {
      const now = held.current;
      const patch = typeof change === 'function' ? change(now.data) : change;
      now.data = { ...now.data, ...patch };
      now.edit += 1;
      setData(now.data);
      if (!now.isStale) setState({ kind: 'dirty' });
      schedule();
    },
    [schedule],
  );

  /** Takes the server's version in place of what is here. */
  const replace = useCallback((newer: { data: DraftData; rev: number; savedAt: string }) => {
    Object.assign(held.current, { data: newer.data, rev: newer.rev, isStale: false });
    held.current.savedEdit = held.current.edit;
    setData(newer.data);
    setSavedRev(newer.rev);
    setState({ kind: 'saved', at: newer.savedAt });
  }, []);

  /** Saves what is here over the version that the conflict showed. */
  const overwrite = useCallback(
    (newer: NewerDraft) => {
      Object.assign(held.current, { rev: newer.rev, isStale: false });
      held.current.edit += 1;
      return flush();
    },
    [flush],
  );

  /** While the server changes the draft itself (an upload), edits wait. */
  const pause = useCallback(() => {
    held.current.isPaused = true;
    clearTimeout(held.current.timer);
  }, []);
  /** Goes on; what the server changed is laid under the edits made meanwhile. */
  const resume = useCallback(
    (change?: { rev: number; patch: Partial<DraftData> }) => {
      const now = held.current;
      now.isPaused = false;
      if (change) {
        now.rev = change.rev;
        setSavedRev(change.rev);
        now.data = { ...now.data, ...change.patch };
        setData(now.data);
        if (now.edit === now.savedEdit) setState({ kind: 'saved', at: new Date().toISOString() });
      }
      if (now.edit !== now.savedEdit) schedule();
    },
    [schedule],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      const { edit, savedEdit, isPaused } = held.current;
      if (edit !== savedEdit || isPaused) event.preventDefault();
    };
    const hide = () => {
      if (document.visibilityState === 'hidden' && !held.current.isPaused) void flush();
    };
    window.addEventListener('beforeunload', warn);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('beforeunload', warn);
      document.removeEventListener('visibilitychange', hide);
      if (!held.current.isPaused) void flush();
    };
  }, [flush]);

  return { data, state, savedRev, update, flush, replace, overwrite, pause, resume };
}
