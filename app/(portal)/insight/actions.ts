'use server';

import { z } from 'zod';
import { action } from '@/lib/http/action';
import {
  AnswerSurveyInput,
  answerSurvey,
  askSurvey,
  CreateShareInput,
  createShare,
  DigestInput,
  previewDigest,
  RemoveCommentInput,
  RevokeShareInput,
  removeComment,
  revokeShare,
  SetSharingInput,
  SetSurveyInput,
  SetTargetInput,
  SkipSurveyInput,
  StopDigestInput,
  setMetricTarget,
  setSharing,
  setSurvey,
  skipSurvey,
  stopDigest,
  subscribe,
} from '@/lib/insight';

export const setTargetAction = action(SetTargetInput, setMetricTarget);

export const askSurveyAction = action(z.object({}), (ctx) => askSurvey(ctx));
export const answerSurveyAction = action(AnswerSurveyInput, answerSurvey);
export const skipSurveyAction = action(SkipSurveyInput, skipSurvey);
export const setSurveyAction = action(SetSurveyInput, setSurvey);
export const removeCommentAction = action(RemoveCommentInput, removeComment);

export const createShareAction = action(CreateShareInput, createShare);
export const revokeShareAction = action(RevokeShareInput, revokeShare);
export const setSharingAction = action(SetSharingInput, setSharing);

export const subscribeAction = action(DigestInput, subscribe);
export const previewDigestAction = action(DigestInput, previewDigest);
export const stopDigestAction = action(StopDigestInput, stopDigest);
