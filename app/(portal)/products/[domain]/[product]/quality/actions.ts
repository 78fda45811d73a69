'use server';

import { z } from 'zod';
import { action } from '@/lib/http/action';
import {
  AddRuleInput,
  AssignIncidentInput,
  addRule,
  assignIncident,
  CommentIncidentInput,
  commentIncident,
  discardQuarantine,
  PreviewRemedyInput,
  previewRemedy,
  RecheckInput,
  RemediateInput,
  RootCauseInput,
  recheckQuality,
  remediateIncident,
  SwitchRuleInput,
  setRootCause,
  suggestRules,
  switchRule,
} from '@/lib/quality';

export const addRuleAction = action(AddRuleInput, (ctx, input) => addRule(ctx, input));
export const suggestRulesAction = action(
  z.object({ productId: z.string().min(1).max(100) }),
  (ctx, { productId }) => suggestRules(ctx, productId),
);
export const switchRuleAction = action(SwitchRuleInput, (ctx, input) => switchRule(ctx, input));
export const recheckQualityAction = action(RecheckInput, (ctx, input) =>
  recheckQuality(ctx, input),
);
export const assignIncidentAction = action(AssignIncidentInput, (ctx, input) =>
  assignIncident(ctx, input),
);
export const commentIncidentAction = action(CommentIncidentInput, (ctx, input) =>
  commentIncident(ctx, input),
);
export const setRootCauseAction = action(RootCauseInput, (ctx, input) => setRootCause(ctx, input));
export const previewRemedyAction = action(PreviewRemedyInput, (ctx, input) =>
  previewRemedy(ctx, input),
);
export const remediateIncidentAction = action(RemediateInput, (ctx, input) =>
  remediateIncident(ctx, input),
);
export const discardQuarantineAction = action(
  z.object({ id: z.string().min(1).max(100) }),
  (ctx, { id }) => discardQuarantine(ctx, id),
);
