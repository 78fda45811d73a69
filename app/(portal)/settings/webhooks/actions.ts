'use server';

import {
  CreateWebhookInput,
  createWebhook,
  deleteWebhook,
  ReplayDeliveryInput,
  replayDelivery,
  rotateWebhookSecret,
  SetAlertPreferenceInput,
  SwitchWebhookInput,
  setAlertPreference,
  switchWebhook,
  testWebhook,
  WebhookInput,
} from '@/lib/alerts';
import { action } from '@/lib/http/action';

export const createWebhookAction = action(CreateWebhookInput, (ctx, input) =>
  createWebhook(ctx, input),
);
export const rotateWebhookSecretAction = action(WebhookInput, (ctx, input) =>
  rotateWebhookSecret(ctx, input),
);
export const switchWebhookAction = action(SwitchWebhookInput, (ctx, input) =>
  switchWebhook(ctx, input),
);
export const deleteWebhookAction = action(WebhookInput, (ctx, input) => deleteWebhook(ctx, input));
export const testWebhookAction = action(WebhookInput, (ctx, input) => testWebhook(ctx, input));
export const replayDeliveryAction = action(ReplayDeliveryInput, (ctx, input) =>
  replayDelivery(ctx, input),
);
export const setAlertPreferenceAction = action(SetAlertPreferenceInput, (ctx, input) =>
  setAlertPreference(ctx, input),
);
