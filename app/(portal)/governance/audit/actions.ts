'use server';

import { z } from 'zod';
import {
  DeleteAuditViewInput,
  deleteAuditView,
  requestVerification,
  SaveAuditViewInput,
  saveAuditView,
  UpdateAuditViewInput,
  updateAuditView,
} from '@/lib/audit';
import { action } from '@/lib/http/action';

export const verifyAuditAction = action(z.object({}), (ctx) => requestVerification(ctx));

export const saveAuditViewAction = action(SaveAuditViewInput, saveAuditView);
export const updateAuditViewAction = action(UpdateAuditViewInput, updateAuditView);
export const deleteAuditViewAction = action(DeleteAuditViewInput, deleteAuditView);
