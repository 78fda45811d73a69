'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { importContractAction } from '@/app/(portal)/products/drafts/[id]/actions';
import { ApiError } from '@/components/products/fetch-json';
import type { CheckedContract } from '@/lib/interop';
import { postJson } from './post-json';

const MAX_BYTES = 1_000_000;

/** The state of the import dialog: the text, what the check said of it, and the draft at the end. */
export function useImport() {
  const router = useRouter();
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
  const start = (upgrade: boolean) =>
    startTransition(async () => {
      const result = await importContractAction({ text, upgrade, ...(object && { object }) });
      if (result.ok) router.push(`/products/drafts/${result.data.id}?step=1`);
      else setMessages(Object.values(result.fields ?? { text: result.message }));
    });
  return { text, change, readFile, checked, check, messages, object, setObject, start, isPending };
}
