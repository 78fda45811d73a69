'use server';

import { PlaygroundInput, tryDecision } from '@/lib/governance';
import { action } from '@/lib/http/action';

export const tryDecisionAction = action(PlaygroundInput, (ctx, input) => tryDecision(ctx, input));
