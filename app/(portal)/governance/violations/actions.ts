'use server';

import {
  AcknowledgeViolationInput,
  AssignViolationInput,
  acknowledgeViolation,
  assignViolation,
  NoteViolationInput,
  noteViolation,
} from '@/lib/compliance';
import { action } from '@/lib/http/action';

export const acknowledgeViolationAction = action(AcknowledgeViolationInput, (ctx, input) =>
  acknowledgeViolation(ctx, input),
);
export const assignViolationAction = action(AssignViolationInput, (ctx, input) =>
  assignViolation(ctx, input),
);
export const noteViolationAction = action(NoteViolationInput, (ctx, input) =>
  noteViolation(ctx, input),
);
