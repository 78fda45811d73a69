/** What people may be told of a product that they use or follow; each can be switched off by itself. */
export const SUBSCRIPTION_EVENTS = {
  schema_change: 'Its schema or contract is to change',
  new_version: 'A new version is in force',
  quality_incident: 'Its quality rules fail, or are met again',
  slo_burn: 'It spends its error budget too fast, or no longer does',
  deprecation: 'It is deprecated, or its sunset comes near',
  announcement: 'Its owner announces something',
} as const;
export type SubscriptionEvent = keyof typeof SUBSCRIPTION_EVENTS;
