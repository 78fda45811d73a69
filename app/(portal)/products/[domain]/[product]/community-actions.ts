'use server';

import {
  AcceptAnswerInput,
  AnnounceInput,
  AnswerQuestionInput,
  AnswerReviewInput,
  AskQuestionInput,
  acceptAnswer,
  announce,
  answerQuestion,
  answerReview,
  askQuestion,
  CloseQuestionInput,
  closeQuestion,
  EndAnnouncementInput,
  endAnnouncement,
  ReportContentInput,
  reportContent,
  SetFollowInput,
  setFollow,
  WithdrawReviewInput,
  WriteReviewInput,
  withdrawReview,
  writeReview,
} from '@/lib/community';
import { action } from '@/lib/http/action';

export const writeReviewAction = action(WriteReviewInput, writeReview);
export const withdrawReviewAction = action(WithdrawReviewInput, withdrawReview);
export const answerReviewAction = action(AnswerReviewInput, answerReview);
export const askQuestionAction = action(AskQuestionInput, askQuestion);
export const answerQuestionAction = action(AnswerQuestionInput, answerQuestion);
export const acceptAnswerAction = action(AcceptAnswerInput, acceptAnswer);
export const closeQuestionAction = action(CloseQuestionInput, closeQuestion);
export const announceAction = action(AnnounceInput, announce);
export const endAnnouncementAction = action(EndAnnouncementInput, endAnnouncement);
export const reportContentAction = action(ReportContentInput, reportContent);
export const setFollowAction = action(SetFollowInput, setFollow);
