'use client';

import { useEffect, useRef, useState } from 'react';
import { checkChangeAction } from '@/app/(portal)/products/[domain]/[product]/versions/actions';
import type { ChangeCheck } from '@/lib/provisioning/versions';

const PAUSE_MS = 500;

/** The check of the text as it is typed, after each pause; an answer that is late is dropped. */
export function useChangeCheck(productId: string, yaml: string, first: ChangeCheck) {
  const [check, setCheck] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const checked = useRef(yaml);
  const newest = useRef(yaml);
  newest.current = yaml;
  const [isStale, setIsStale] = useState(false);
  useEffect(() => {
    if (checked.current === yaml) return;
    setIsStale(true);
    const timer = setTimeout(async () => {
      const answer = await checkChangeAction({ productId, yaml });
      if (newest.current !== yaml) return;
      checked.current = yaml;
      setIsStale(false);
      if (!answer.ok) return setProblem(answer.message);
      setProblem(null);
      setCheck(answer.data);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [productId, yaml]);
  return { check, isStale, problem };
}
