export { audit } from './audit';
export { changed, type Difference, differencesOf } from './changed';
export { sealCheckpoint } from './checkpoint';
export { flushAudit, recordDecision } from './decisions';
export { csvCell, EXPORT_FORMATS, exportAudit } from './export';
export { AuditFilter } from './filter';
export { prepareAuditMonths } from './months';
export { type ProductEvent, productEvents } from './product-events';
export { type AuditSummary, auditSummary, getAuditEvent, listAudit } from './queries';
export type { AuditPage } from './read-page';
export type { AuditRow } from './row';
export {
  lastVerification,
  listCheckpoints,
  requestVerification,
  type Verification,
  verifyAndRecord,
} from './verification';
export { verifyAudit } from './verify';
export {
  type AuditView,
  DeleteAuditViewInput,
  deleteAuditView,
  listAuditViews,
  SaveAuditViewInput,
  saveAuditView,
  searchOf,
  UpdateAuditViewInput,
  updateAuditView,
} from './views';
