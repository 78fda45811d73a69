'use server';

import { z } from 'zod';
import {
  AnswerItemInput,
  AskInput,
  AutoApprovalInput,
  addToCart,
  answerItem,
  CartInput,
  ChangeGrantInput,
  changeGrant,
  DecideElevationInput,
  DecideItemInput,
  decideElevation,
  decideItem,
  EndElevationInput,
  endDeputy,
  endElevation,
  previewRequest,
  RenewAccessInput,
  RequestAccessInput,
  RequestElevationInput,
  ReviewGrantInput,
  removeFromCart,
  renewAccess,
  requestAccess,
  requestElevation,
  reviewGrant,
  SetDeputyInput,
  setAutoApproval,
  setDeputy,
  WithdrawItemInput,
  withdrawItem,
} from '@/lib/access';
import { action } from '@/lib/http/action';

export const addToCartAction = action(CartInput, (ctx, input) => addToCart(ctx, input));
export const removeFromCartAction = action(CartInput, (ctx, input) => removeFromCart(ctx, input));
export const previewRequestAction = action(AskInput, (ctx, input) => previewRequest(ctx, input));
export const requestAccessAction = action(RequestAccessInput, (ctx, input) =>
  requestAccess(ctx, input),
);
export const renewAccessAction = action(RenewAccessInput, (ctx, input) => renewAccess(ctx, input));
export const decideItemAction = action(DecideItemInput, (ctx, input) => decideItem(ctx, input));
export const answerItemAction = action(AnswerItemInput, (ctx, input) => answerItem(ctx, input));
export const withdrawItemAction = action(WithdrawItemInput, (ctx, input) =>
  withdrawItem(ctx, input),
);
export const changeGrantAction = action(ChangeGrantInput, (ctx, input) => changeGrant(ctx, input));
export const reviewGrantAction = action(ReviewGrantInput, (ctx, input) => reviewGrant(ctx, input));
export const setAutoApprovalAction = action(AutoApprovalInput, (ctx, input) =>
  setAutoApproval(ctx, input),
);
export const setDeputyAction = action(SetDeputyInput, (ctx, input) => setDeputy(ctx, input));
export const endDeputyAction = action(z.object({}), (ctx) => endDeputy(ctx));
export const requestElevationAction = action(RequestElevationInput, (ctx, input) =>
  requestElevation(ctx, input),
);
export const decideElevationAction = action(DecideElevationInput, (ctx, input) =>
  decideElevation(ctx, input),
);
export const endElevationAction = action(EndElevationInput, (ctx, input) =>
  endElevation(ctx, input),
);
