export type { Alert, Recipients } from './alert';
export { deliverDue, removeOldDeliveries } from './delivery/deliver';
export { escapeHtml } from './delivery/mail-text';
export { queueMail } from './delivery/queue-mail';
export { sendDigests } from './digest/send-digests';
export { SetDigestInput, setDigest } from './digest/set-digest';
export type { Digest } from './digest/when';
export { portalUrl } from './event';
export {
  type InboxFacets,
  InboxFilter,
  type InboxRow,
  inboxFacets,
  listInbox,
  MarkReadInput,
  markRead,
  removeOldNotifications,
  unreadCount,
} from './inbox/inbox';
export {
  alertPreferences,
  type Preference,
  SetAlertPreferenceInput,
  setAlertPreference,
} from './inbox/preferences';
export { raiseAlert } from './raise-alert';
export { SUBSCRIPTION_EVENTS, type SubscriptionEvent } from './subscriptions';
export {
  type UnsubscribeChoices,
  UnsubscribeInput,
  unsubscribe,
  unsubscribeChoices,
} from './unsubscribe/unsubscribe';
export {
  CreateWebhookInput,
  createWebhook,
  deleteWebhook,
  ReplayDeliveryInput,
  replayDelivery,
  rotateWebhookSecret,
  SwitchWebhookInput,
  switchWebhook,
  testWebhook,
  WEBHOOK_KINDS,
  WebhookInput,
} from './webhooks/manage';
export {
  DeliveryFilter,
  type DeliveryRow,
  getWebhook,
  listWebhooks,
  type WebhookRow,
} from './webhooks/queries';
