export { audit } from './audit';
export { type Checkpoint, sealCheckpoint } from './checkpoint';
export { type DecisionInput, flushAudit, recordDecision } from './decisions';
export type { AuditInput } from './event';
export { EXPORT_FORMATS, type ExportFormat, exportAudit } from './export';
export { AuditFilter } from './filter';
export {
  type AuditPage,
  type AuditRow,
  type AuditSummary,
  auditSummary,
  getAuditEvent,
  listAudit,
} from './queries';
export type { AuditBreak, AuditReport, VerifyOptions } from './report';
export { verifyAudit } from './verify';
