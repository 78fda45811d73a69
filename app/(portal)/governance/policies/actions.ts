'use server';

import {
  ActivatePolicyInput,
  activatePolicy,
  approveLoosening,
  CheckPolicyInput,
  checkPolicy,
  DraftPolicyInput,
  discardPolicyDraft,
  draftPolicy,
  PolicyDraftInput,
  SavePolicyDraftInput,
  SimulatePolicyInput,
  savePolicyDraft,
  simulatePolicy,
  submitPolicyDraft,
} from '@/lib/governance';
import { action } from '@/lib/http/action';

export const draftPolicyAction = action(DraftPolicyInput, (ctx, input) => draftPolicy(ctx, input));
export const savePolicyDraftAction = action(SavePolicyDraftInput, (ctx, input) =>
  savePolicyDraft(ctx, input),
);
export const checkPolicyAction = action(CheckPolicyInput, (ctx, input) => checkPolicy(ctx, input));
export const submitPolicyDraftAction = action(PolicyDraftInput, (ctx, input) =>
  submitPolicyDraft(ctx, input),
);
export const approveLooseningAction = action(PolicyDraftInput, (ctx, input) =>
  approveLoosening(ctx, input),
);
export const discardPolicyDraftAction = action(PolicyDraftInput, (ctx, input) =>
  discardPolicyDraft(ctx, input),
);
export const activatePolicyAction = action(ActivatePolicyInput, (ctx, input) =>
  activatePolicy(ctx, input),
);
export const simulatePolicyAction = action(SimulatePolicyInput, (ctx, input) =>
  simulatePolicy(ctx, input),
);
