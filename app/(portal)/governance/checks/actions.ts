'use server';

import { action } from '@/lib/http/action';
import {
  ArchiveCheckInput,
  archiveCheck,
  CreateCheckInput,
  createCheck,
  PreviewCheckInput,
  previewCheck,
  UpdateCheckInput,
  updateCheck,
} from '@/lib/insight';

export const createCheckAction = action(CreateCheckInput, createCheck);
export const updateCheckAction = action(UpdateCheckInput, updateCheck);
export const archiveCheckAction = action(ArchiveCheckInput, archiveCheck);
export const previewCheckAction = action(PreviewCheckInput, previewCheck);
