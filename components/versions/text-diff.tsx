'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

/** Two documents as one text with what went and what came; the editor's code is loaded when it is shown. */
export const TextDiff = dynamic(() => import('@/components/governance/editor/yaml-diff'), {
  ssr: false,
  loading: () => <Skeleton className="h-64 w-full" />,
});
