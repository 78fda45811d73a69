'use client';

import { useState, useTransition } from 'react';
import { ApiError } from '@/components/products/fetch-json';
import { postJson } from '@/components/wizard/post-json';
import type { CheckedContract } from '@/lib/interop';

const MAX_BYTES = 1_000_000;

export interface TakenDocument {
  text: string;
  /** In the newer version that the check offered. */
  upgrade: boolean;
  object?: string;
}

/** The state of the dialog for an outside document: its text, what the check said of it, and what it is taken for. */
export function useDocument(onTake: (document: TakenDocument) => Promise<string[]>) {
  const [text, setText] = useState('');
  const [checked, setChecked] = useState<CheckedContract | null>(null);
  const [messages, setMessages] = useState<string[]>([]);
  const [object, setObject] = useState('');
  const [isPending, startTransition] = useTransition();

  function change(next: string) {
    setText(next);
    setChecked(null);
    setMessages([]);
    setObject('');
  }
  async function readFile(file: File | undefined) {
    if (!file) return;
    if (file.size > MAX_BYTES) setMessages(['The file is larger than 1 MB.']);
    else change(await file.text());
  }
  const check = () =>
    startTransition(async () => {
      setMessages([]);
      try {
        setChecked(await postJson<CheckedContract>('/api/v1/contracts/lint', { text }));
      } catch (error) {
        setMessages([error instanceof ApiError ? error.message : 'The check did not answer.']);
      }
    });
  const take = (upgrade: boolean) =>
    startTransition(async () => {
      setMessages(await onTake({ text, upgrade, ...(object && { object }) }));
    });
  return { text, change, readFile, checked, check, messages, object, setObject, take, isPending };
}
