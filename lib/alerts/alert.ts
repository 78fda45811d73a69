/**
 * Every kind of alert, and what it tells. A new kind is one line; people choose by kind what they get by
 * e-mail, webhooks choose by kind or by group (`violation.*`).
 */
export const ALERT_KINDS = {
  'policy.submitted': 'A policy draft waits for a decision',
  'policy.enforced': 'A policy was put in force',
  'policy.grace': 'A policy is in its grace stage: findings only, with a deadline',
  'waiver.requested': 'A waiver waits for a decision',
  'waiver.decided': 'A waiver was approved, rejected or revoked',
  'waiver.ending': 'A waiver ends soon or has ended',
  'violation.opened': 'The compliance monitor found a violation',
  'violation.assigned': 'A violation was given to you',
  'violation.escalated': 'A violation was left alone too long',
  'violation.resolved': 'A violation is over',
  'retention.enforced': 'Data was deleted because its time was over',
  'retention.failed': 'Retention could not be enforced',
  'hold.changed': 'A legal hold was placed or released',
  'privacy.received': 'A privacy request came in',
  'privacy.due': 'A privacy request is close to the law’s last day',
  'privacy.completed': 'A privacy request is completed',
  'privacy.flagged': 'A product derives from erased data and needs its owner',
  'product.rolled_back': 'A product serves an earlier snapshot again',
  'product.deprecated': 'A product is deprecated, or its sunset is near',
  'product.retired': 'A product that you use or own is retired',
  'contract.proposed': 'A contract that you build on is to change',
  'contract.acknowledged': 'Every consumer has acknowledged your change of a contract',
  'contract.withdrawn': 'A change of a contract that you were asked about will not come',
  'contract.activated': 'A new version of a contract is in force',
  'contract.failed': 'A new version of a contract could not take effect',
  'contract.sunset': 'An old version of a contract ends soon or has ended',
  'certification.given': 'A product of yours was certified',
  'certification.ending': 'A certification ends soon',
  'certification.ended': 'A certification has ended',
  'access.requested': 'A request for access waits for you',
  'access.waiting': 'A request for access waits for long',
  'access.question': 'An owner asks about your request for access',
  'access.refused': 'Your request for access was refused',
  'access.granted': 'Your request for access was approved and works',
  'access.failed': 'Access was approved and could not be made to work',
  'access.changed': 'A grant of yours was changed',
  'access.review': 'A grant that you gave is to be looked at again',
  'access.expiring': 'A grant can be renewed, ends soon or has ended',
  'elevation.requested': 'Somebody asks for a role for some hours',
  'elevation.decided': 'Your request for a role for some hours was decided',
  'slo.burning': 'A product spends its error budget too fast',
  'slo.recovered': 'A product stopped spending its error budget too fast',
  'slo.outage': 'The portal did not answer its consumers',
  'audit.broken': 'The audit log failed its verification',
  'quality.failed': 'Quality rules of a product failed',
  'quality.notice': 'Quality rules of a product that you use or follow failed',
  'quality.assigned': 'A quality incident was given to you',
  'quality.resolved': 'A quality incident is over',
  'quality.anomaly': 'A load is unusually large, small or late',
  'search.matched': 'A new product matches a search that you saved',
  'announcement.made': 'The owner of a product that you use or follow announces something',
  'review.written': 'Somebody reviewed your product',
  'review.answered': 'The owner answered your review',
  'question.asked': 'Somebody asks about your product',
  'question.answered': 'Your question was answered, or closed',
  'question.accepted': 'Your answer was accepted',
  'report.made': 'Somebody reported a text that others wrote',
  'report.decided': 'A report was decided, or a text of yours was hidden',
  'campaign.started': 'A campaign wants something of products that you own',
  'campaign.reminder': 'Products that you own have not reached the goal of a campaign',
  'campaign.ended': 'A campaign that you take part in has ended',
  'webhook.disabled': 'A webhook was switched off after failing for long',
} as const;
export type AlertKind = keyof typeof ALERT_KINDS;

type GroupOf<Kind> = Kind extends `${infer Group}.${string}` ? Group : never;
export type AlertGroup = GroupOf<AlertKind>;
/** What stands before the point of a kind, as people read it. */
export const ALERT_GROUPS: Record<AlertGroup, string> = {
  policy: 'Policies',
  waiver: 'Waivers',
  violation: 'Violations',
  retention: 'Retention',
  hold: 'Legal holds',
  privacy: 'Privacy requests',
  product: 'Products',
  contract: 'Contracts',
  certification: 'Certifications',
  access: 'Access',
  elevation: 'Roles for some hours',
  search: 'Saved searches',
  slo: 'SLOs',
  audit: 'Audit',
  quality: 'Quality',
  announcement: 'Announcements',
  review: 'Reviews',
  question: 'Questions',
  report: 'Reports',
  campaign: 'Campaigns',
  webhook: 'Webhooks',
};

export interface Recipients {
  userIds?: string[];
  /** Everybody who is a steward. */
  stewards?: boolean;
  platformAdmins?: boolean;
  /** The data admins of these domains. */
  adminsOfDomains?: string[];
}

export interface Alert {
  kind: AlertKind;
  level: 'info' | 'warning' | 'error';
  /** One line, without personal data and without secrets. */
  title: string;
  body?: string;
  /** Where to act: a path of the portal. */
  href?: string;
  to: Recipients;
  domainId?: string;
  productId?: string;
  /** The same key is told to the same person once. */
  dedupeKey?: string;
  /** Small facts for machines; becomes the CloudEvent's data. */
  data?: Record<string, unknown>;
}
