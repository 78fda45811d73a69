export { PlaceHoldInput, placeHold, ReleaseHoldInput, releaseHold } from './holds/hold';
export { type Hold, listHolds } from './holds/queries';
export { monitorChange } from './monitor/on-change';
export {
  type ComplianceOverview,
  complianceOverview,
  type MonitorRow,
  type OpenCount,
} from './monitor/overview';
export { failMonitorRun, runMonitor } from './monitor/run-monitor';
export { RunMonitorInput, runMonitorNow } from './monitor/run-now';
export { fireDueMonitors } from './monitor/schedule';
export { removeArchives } from './privacy/archive';
export { watchClocks } from './privacy/clocks';
export {
  DecidePrivacyRequestInput,
  decidePrivacyRequest,
  ExtendPrivacyRequestInput,
  extendPrivacyRequest,
} from './privacy/decide-request';
export { executePrivacyRequest, failPrivacyRequest } from './privacy/execute';
export { KINDS } from './privacy/kinds';
export {
  getPrivacyRequest,
  listPrivacyRequests,
  openArchive,
  PRIVACY_STATES,
  type PrivacyDetail,
  PrivacyFilter,
  type PrivacyRow,
  VerifyReceiptInput,
  verifyReceipt,
} from './privacy/queries';
export { ReceivePrivacyRequestInput, receivePrivacyRequest } from './privacy/receive-request';
export { searchSubject } from './privacy/search';
export { enforceRetention } from './retention/enforce';
export {
  getRetention,
  listRetention,
  type RetentionDetail,
  RetentionFilter,
  type RetentionRow,
} from './retention/queries';
export {
  fireRetention,
  RunRetentionInput,
  runRetention,
  SetRetentionColumnInput,
  setRetentionColumn,
  sweepRetention,
} from './retention/run';
export {
  AcknowledgeViolationInput,
  acknowledgeViolation,
} from './violations/acknowledge';
export { AssignViolationInput, assignViolation } from './violations/assign';
export { escalateViolations } from './violations/escalate';
export { NoteViolationInput, noteViolation } from './violations/note';
export {
  getViolation,
  listViolations,
  type ViolationDetail,
  ViolationFilter,
  type ViolationRow,
} from './violations/queries';
