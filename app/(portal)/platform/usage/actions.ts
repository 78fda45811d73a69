'use server';

import { action } from '@/lib/http/action';
import { previewRecount, RecountInput, requestRecount } from '@/lib/insight';

export const previewRecountAction = action(RecountInput, previewRecount);
export const requestRecountAction = action(RecountInput, requestRecount);
