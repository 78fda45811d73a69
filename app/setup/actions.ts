'use server';

import { CreateFirstAdminInput, createFirstAdmin } from '@/lib/auth';
import { action } from '@/lib/http/action';

export const createFirstAdminAction = action(
  CreateFirstAdminInput,
  (ctx, input) => createFirstAdmin(ctx, input),
  { isPublic: true },
);
