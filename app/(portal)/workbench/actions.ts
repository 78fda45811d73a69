'use server';

import { action } from '@/lib/http/action';
import {
  deleteQuery,
  QueryId,
  restoreQuery,
  SaveQueryInput,
  saveQuery,
  UpdateQueryInput,
  updateQuery,
} from '@/lib/workbench';

export const saveQueryAction = action(SaveQueryInput, saveQuery);
export const updateQueryAction = action(UpdateQueryInput, updateQuery);
export const deleteQueryAction = action(QueryId, deleteQuery);
export const restoreQueryAction = action(QueryId, restoreQuery);
