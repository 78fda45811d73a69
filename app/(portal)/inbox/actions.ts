'use server';

import { MarkReadInput, markRead } from '@/lib/alerts';
import { action } from '@/lib/http/action';

export const markReadAction = action(MarkReadInput, (ctx, input) => markRead(ctx, input));
