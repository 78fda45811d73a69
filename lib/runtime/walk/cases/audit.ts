import { type Cases, filter, none } from './shared';

export const audit = {
  cases: {
    'audit/auditSummary': () => [new Date()],
    'audit/exportAudit': () => [{}, 'csv'],
    'audit/getAuditEvent': ({ ids }) => [ids.event],
    'audit/lastVerification': none,
    'audit/listAudit': filter,
    'audit/listCheckpoints': none,
    'audit/requestVerification': none,
    'audit/deleteAuditView': ({ ids }) => [{ viewId: ids.view }],
    'audit/listAuditViews': none,
    'audit/saveAuditView': () => [{ name: 'mine', query: 'kind=verb' }],
    'audit/updateAuditView': ({ ids }) => [{ viewId: ids.view, isShared: true }],
  },
  parts: {
    'audit/audit': 'writes the row of a verb',
    'audit/ownerOf': 'reads the actor',
    'audit/recordDecision': 'writes the row of a decision',
    'audit/toEntry': 'shapes a row',
  },
} satisfies Cases;
