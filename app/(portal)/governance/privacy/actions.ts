'use server';

import {
  DecidePrivacyRequestInput,
  decidePrivacyRequest,
  ExtendPrivacyRequestInput,
  extendPrivacyRequest,
  PlaceHoldInput,
  placeHold,
  ReceivePrivacyRequestInput,
  ReleaseHoldInput,
  receivePrivacyRequest,
  releaseHold,
  VerifyReceiptInput,
  verifyReceipt,
} from '@/lib/compliance';
import { action } from '@/lib/http/action';

export const receivePrivacyRequestAction = action(ReceivePrivacyRequestInput, (ctx, input) =>
  receivePrivacyRequest(ctx, input),
);
export const decidePrivacyRequestAction = action(DecidePrivacyRequestInput, (ctx, input) =>
  decidePrivacyRequest(ctx, input),
);
export const extendPrivacyRequestAction = action(ExtendPrivacyRequestInput, (ctx, input) =>
  extendPrivacyRequest(ctx, input),
);
export const placeHoldAction = action(PlaceHoldInput, (ctx, input) => placeHold(ctx, input));
export const releaseHoldAction = action(ReleaseHoldInput, (ctx, input) => releaseHold(ctx, input));
export const verifyReceiptAction = action(VerifyReceiptInput, (ctx, input) =>
  verifyReceipt(ctx, input),
);
