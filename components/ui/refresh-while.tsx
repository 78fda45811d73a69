'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';

const EVERY_MS = 1500;

/**
 * Reads the page anew while something is under way, as long as the tab is looked at. It asks again only after the
 * answer: a question that overtakes the one before keeps React from ever showing either.
 */
export function RefreshWhile({ active }: { active: boolean }) {
  const router = useRouter();
  const [isAsking, startAsking] = useTransition();
  useEffect(() => {
    if (!active || isAsking) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') startAsking(() => router.refresh());
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [active, isAsking, router]);
  return null;
}
