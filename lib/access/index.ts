export {
  DecideElevationInput,
  decideElevation,
  EndElevationInput,
  endElevation,
  endElevations,
} from './elevation/decide-elevation';
export { type ElevationRow, listElevations } from './elevation/queries';
export { RequestElevationInput, requestElevation } from './elevation/request-elevation';
export {
  ChangeGrantInput,
  changeGrant,
  ReviewGrantInput,
  reviewGrant,
} from './grants/change-grant';
export { endAccess } from './grants/end-access';
export { askForReviews, tellOfEndingGrants } from './grants/ending-grants';
export { GrantAccessInput, grantAccess } from './grants/grant-access';
export { grantRun } from './grants/grant-run';
export { RevokeGrantInput, revokeGrant } from './grants/revoke-grant';
export { type HeldGrant, type MyData, myData } from './my-data';
export { type GrantRow, listGrants, type ProductAccess, productAccess } from './queries';
export { AskInput, type Holder } from './requests/asking';
export { AutoApprovalInput, autoApproval, setAutoApproval } from './requests/auto-approval';
export { addToCart, CartInput, removeFromCart } from './requests/cart';
export {
  AnswerItemInput,
  answerItem,
  DecideItemInput,
  decideItem,
  WithdrawItemInput,
  withdrawItem,
} from './requests/decide-item';
export { endDeputy, SetDeputyInput, setDeputy } from './requests/deputies';
export { previewRequest, type RequestLine } from './requests/preview-request';
export {
  accessCart,
  accessInbox,
  type CartView,
  getRequestItem,
  InboxQuery,
  type ItemRow,
  type ItemView,
  myRequests,
} from './requests/queries';
export { remindOwners } from './requests/remind-owners';
export {
  RenewAccessInput,
  RequestAccessInput,
  renewAccess,
  requestAccess,
} from './requests/request-access';
