'use server';

import { MarkReadInput, markRead, SetDigestInput, setDigest } from '@/lib/alerts';
import { discoverable } from '@/lib/governance';
import { action } from '@/lib/http/action';

export const markReadAction = action(MarkReadInput, (ctx, input) =>
  markRead(ctx, discoverable, input),
);
export const setDigestAction = action(SetDigestInput, setDigest);
