'use server';

import { action } from '@/lib/http/action';
import {
  CostModelFields,
  CostModelInput,
  DismissInput,
  dismissDuplicate,
  previewCostModel,
  RestoreInput,
  restoreDuplicate,
  setCostModel,
} from '@/lib/insight';

export const setPricesAction = action(CostModelInput, setCostModel);
export const previewPricesAction = action(CostModelFields, previewCostModel);
export const dismissDuplicateAction = action(DismissInput, dismissDuplicate);
export const restoreDuplicateAction = action(RestoreInput, restoreDuplicate);
