export type { Alert, Recipients } from './alert';
export { deliverDue, removeOldDeliveries } from './delivery/deliver';
export {
  alertPreferences,
  InboxFilter,
  type InboxRow,
  listInbox,
  MarkReadInput,
  markRead,
  type Preference,
  removeOldNotifications,
  SetAlertPreferenceInput,
  setAlertPreference,
  unreadCount,
} from './inbox/inbox';
export { raiseAlert } from './raise-alert';
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
