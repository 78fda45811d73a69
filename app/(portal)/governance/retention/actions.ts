'use server';

import {
  RunRetentionInput,
  runRetention,
  SetRetentionColumnInput,
  setRetentionColumn,
} from '@/lib/compliance';
import { action } from '@/lib/http/action';

export const runRetentionAction = action(RunRetentionInput, (ctx, input) =>
  runRetention(ctx, input),
);
export const setRetentionColumnAction = action(SetRetentionColumnInput, (ctx, input) =>
  setRetentionColumn(ctx, input),
);
