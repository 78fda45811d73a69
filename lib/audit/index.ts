export { audit } from './audit';
export { type Checkpoint, sealCheckpoint } from './checkpoint';
export { type DecisionInput, flushAudit, recordDecision } from './decisions';
export type { AuditInput } from './event';
