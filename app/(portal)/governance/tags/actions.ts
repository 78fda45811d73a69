'use server';

import { z } from 'zod';
import {
  ApproveTagInput,
  approveTag,
  CreateTagInput,
  createTag,
  previewTagMove,
  RetireTagInput,
  retireTag,
  UpdateTagInput,
  updateTag,
} from '@/lib/governance';
import { action } from '@/lib/http/action';

export const createTagAction = action(CreateTagInput, createTag);
export const updateTagAction = action(UpdateTagInput, updateTag);
export const approveTagAction = action(ApproveTagInput, approveTag);
export const retireTagAction = action(RetireTagInput, retireTag);
export const previewTagMoveAction = action(
  z.object({ tag: z.string().min(1).max(100) }),
  (ctx, { tag }) => previewTagMove(ctx, tag),
);
