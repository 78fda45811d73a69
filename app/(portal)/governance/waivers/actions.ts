'use server';

import {
  DecideWaiverInput,
  decideWaiver,
  RequestWaiverInput,
  requestWaiver,
} from '@/lib/governance';
import { action } from '@/lib/http/action';

export const requestWaiverAction = action(RequestWaiverInput, (ctx, input) =>
  requestWaiver(ctx, input),
);
export const decideWaiverAction = action(DecideWaiverInput, (ctx, input) =>
  decideWaiver(ctx, input),
);
