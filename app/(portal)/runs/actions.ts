'use server';

import { action } from '@/lib/http/action';
import {
  CancelRunInput,
  cancelRun,
  RetireProductInput,
  RetryRunInput,
  retireProduct,
  retryRun,
} from '@/lib/provisioning';

export const cancelRunAction = action(CancelRunInput, (ctx, input) => cancelRun(ctx, input));
export const retryRunAction = action(RetryRunInput, (ctx, input) => retryRun(ctx, input));
export const retireProductAction = action(RetireProductInput, (ctx, input) =>
  retireProduct(ctx, input),
);
