'use client';

import { useEffect, useRef, useState } from 'react';
import {
  checkPolicyAction,
  savePolicyDraftAction,
} from '@/app/(portal)/governance/policies/actions';
import type { DraftCheck, PolicyDraftView } from '@/lib/governance';

export type SaveState = 'saved' | 'saving' | 'unsaved' | { refused: string };

const PAUSE_MS = 700;

/** The draft as it is typed: saved and checked after each pause, one save at a time. */
export function useDraft(draft: PolicyDraftView) {
  const [yaml, setYaml] = useState(draft.yaml);
  const [reason, setReason] = useState(draft.reason);
  const [rev, setRev] = useState(draft.rev);
  const [check, setCheck] = useState<DraftCheck>(draft.check);
  const [state, setState] = useState<SaveState>('saved');
  const kept = useRef({ yaml: draft.yaml, reason: draft.reason, rev: draft.rev });
  const isBusy = useRef(false);
  const wanted = useRef({ yaml, reason });
  wanted.current = { yaml, reason };

  const policyId = draft.id;
  useEffect(() => {
    if (yaml === kept.current.yaml && reason === kept.current.reason) return;
    setState('unsaved');
    const timer = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer);

    async function save(): Promise<void> {
      if (isBusy.current) return;
      isBusy.current = true;
      setState('saving');
      const text = { ...wanted.current };
      const saved = await savePolicyDraftAction({ policyId, rev: kept.current.rev, ...text });
      isBusy.current = false;
      if (!saved.ok) return setState({ refused: saved.message });
      kept.current = { ...text, rev: saved.data.rev };
      setRev(saved.data.rev);
      const { yaml: newest, reason: why } = wanted.current;
      if (newest !== text.yaml || why !== text.reason) return save();
      setState('saved');
      const checked = await checkPolicyAction({ policyId, yaml: text.yaml });
      if (checked.ok && wanted.current.yaml === text.yaml) setCheck(checked.data);
    }
  }, [yaml, reason, policyId]);

  return { yaml, setYaml, reason, setReason, rev, check, state };
}
