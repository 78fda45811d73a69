'use server';

import { UnsubscribeInput, unsubscribe } from '@/lib/alerts';
import { action } from '@/lib/http/action';

export const unsubscribeAction = action(UnsubscribeInput, unsubscribe, { isPublic: true });
