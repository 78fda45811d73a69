'use server';

import {
  ApproveTermInput,
  approveTerm,
  CreateTermInput,
  createTerm,
  DeleteTermInput,
  deleteTerm,
  LinkTermInput,
  linkTerm,
  RestoreTermInput,
  restoreTerm,
  UpdateTermInput,
  unlinkTerm,
  updateTerm,
} from '@/lib/glossary';
import { action } from '@/lib/http/action';

export const createTermAction = action(CreateTermInput, createTerm);
export const updateTermAction = action(UpdateTermInput, updateTerm);
export const approveTermAction = action(ApproveTermInput, approveTerm);
export const deleteTermAction = action(DeleteTermInput, deleteTerm);
export const restoreTermAction = action(RestoreTermInput, restoreTerm);
export const linkTermAction = action(LinkTermInput, linkTerm);
export const unlinkTermAction = action(LinkTermInput, unlinkTerm);
