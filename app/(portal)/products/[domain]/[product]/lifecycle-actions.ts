'use server';

import { action } from '@/lib/http/action';
import {
  PromoteProductInput,
  promoteProduct,
  ReopenDraftInput,
  RollBackInput,
  reopenDraft,
  rollBack,
  StageProductInput,
  stageProduct,
  TestProductInput,
  testProduct,
} from '@/lib/provisioning';
import {
  DeleteSampleInput,
  DeprecateProductInput,
  deleteSample,
  deprecateProduct,
  SaveSampleInput,
  saveSample,
  WithdrawDeprecationInput,
  withdrawDeprecation,
} from '@/lib/release';

export const stageProductAction = action(StageProductInput, stageProduct);
export const testProductAction = action(TestProductInput, testProduct);
export const promoteProductAction = action(PromoteProductInput, promoteProduct);
export const rollBackAction = action(RollBackInput, rollBack);
export const reopenDraftAction = action(ReopenDraftInput, reopenDraft);
export const deprecateProductAction = action(DeprecateProductInput, deprecateProduct);
export const withdrawDeprecationAction = action(WithdrawDeprecationInput, withdrawDeprecation);
export const saveSampleAction = action(SaveSampleInput, saveSample);
export const deleteSampleAction = action(DeleteSampleInput, deleteSample);
