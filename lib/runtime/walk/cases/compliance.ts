import { SECRET } from '../secret';
import { type Cases, filter, none, secret } from './shared';

export const compliance = {
  cases: {
    'compliance/acknowledgeViolation': ({ ids }) => [{ violationId: ids.violation }],
    'compliance/assignViolation': ({ ids, emails }) => [
      { violationId: ids.violation, rev: 1, email: emails.owner },
    ],
    'compliance/complianceOverview': none,
    'compliance/decidePrivacyRequest': ({ ids }) => [
      { requestId: ids.request, rev: 1, decision: 'reject', note: 'no' },
    ],
    'compliance/extendPrivacyRequest': ({ ids }) => [
      { requestId: ids.request, reason: 'a reason that is long' },
    ],
    'compliance/getPrivacyRequest': ({ ids }) => [ids.request],
    'compliance/getRetention': () => ['vault', 'ledger'],
    'compliance/getViolation': ({ ids }) => [ids.violation],
    'compliance/listHolds': none,
    'compliance/listPrivacyRequests': filter,
    'compliance/listRetention': filter,
    'compliance/listViolations': filter,
    'compliance/noteViolation': ({ ids }) => [{ violationId: ids.violation, note: 'a note' }],
    'compliance/openArchive': ({ ids }) => [ids.request],
    'compliance/placeHold': () => [{ what: `vault/${secret}`, reason: 'a reason that is long' }],
    'compliance/receivePrivacyRequest': () => [
      { regulation: 'gdpr', kind: 'erasure', identifier: SECRET },
    ],
    'compliance/releaseHold': ({ ids }) => [{ holdId: ids.hold, note: 'it ends' }],
    'compliance/runMonitorNow': () => [{ rule: 'data_quality' }],
    'compliance/runRetention': ({ ids }) => [{ productId: ids.ledger, rows: 0 }],
    'compliance/setRetentionColumn': ({ ids }) => [{ productId: ids.ledger, column: null }],
    'compliance/verifyReceipt': () => [{ receipt: 'a.b.c' }],
  },
  open: {
    'compliance/complianceOverview':
      'which rules are watched and how often; figures of their own products',
  },
  told: {
    'compliance/verifyReceipt': 'invalid: checks a signature over what they brought themselves',
  },
  parts: {
    'compliance/openViolation': 'loads and guards a violation for a verb',
    'compliance/userIdOf': 'reads the actor',
    'compliance/visibleTo': 'a condition for queries',
  },
} satisfies Cases;
