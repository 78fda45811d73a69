'use server';

import {
  DeleteSearchInput,
  deleteSearch,
  SaveSearchInput,
  saveSearch,
  UpdateSearchInput,
  updateSearch,
} from '@/lib/catalog';
import { action } from '@/lib/http/action';

export const saveSearchAction = action(SaveSearchInput, saveSearch);
export const updateSearchAction = action(UpdateSearchInput, updateSearch);
export const deleteSearchAction = action(DeleteSearchInput, deleteSearch);
