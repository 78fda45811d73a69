export { PlaceHoldInput, placeHold, ReleaseHoldInput, releaseHold } from './holds/hold';
export { type Hold, listHolds } from './holds/queries';
export { removeArchives } from './privacy/archive';
export { watchClocks } from './privacy/clocks';
export {
  DecidePrivacyRequestInput,
  decidePrivacyRequest,
  ExtendPrivacyRequestInput,
  extendPrivacyRequest,
} from './privacy/decide-request';
export { executePrivacyRequest, failPrivacyRequest } from './privacy/execute';
export { KINDS, REGULATIONS } from './privacy/kinds';
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
