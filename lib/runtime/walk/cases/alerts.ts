import { discoverable } from '@/lib/governance';
import { type Case, type Cases, none } from './shared';

const findable: Case = () => [discoverable];
const webhook: Case = ({ ids }) => [{ webhookId: ids.webhook }];

export const alerts = {
  cases: {
    'alerts/alertPreferences': none,
    'alerts/createWebhook': () => [{ url: 'https://example.org/hook', kinds: ['violation'] }],
    'alerts/deleteWebhook': webhook,
    'alerts/getWebhook': ({ ids }) => [ids.webhook],
    'alerts/inboxFacets': findable,
    'alerts/listInbox': findable,
    'alerts/listWebhooks': none,
    'alerts/markRead': () => [discoverable, {}],
    'alerts/replayDelivery': ({ ids }) => [{ deliveryId: ids.delivery }],
    'alerts/rotateWebhookSecret': webhook,
    'alerts/setAlertPreference': () => [{ kind: '*', email: false }],
    'alerts/setDigest': () => [{ every: 'daily' }],
    'alerts/switchWebhook': ({ ids }) => [{ webhookId: ids.webhook, isOn: false }],
    'alerts/testWebhook': webhook,
    'alerts/unreadCount': findable,
    'alerts/unsubscribe': () => [{ token: 'a.b.c' }],
    'alerts/unsubscribeChoices': () => ['a.b.c'],
  },
  open: {
    'alerts/alertPreferences': 'their own choices of mail',
    'alerts/markRead': 'their own inbox',
    'alerts/setAlertPreference': 'their own choices of mail',
  },
  told: {
    'alerts/unsubscribe': 'invalid: the signed link that they brought is the proof',
    'alerts/unsubscribeChoices': 'invalid: the signed link that they brought is the proof',
  },
  parts: {
    'alerts/me': 'a guard',
  },
} satisfies Cases;
