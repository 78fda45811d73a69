export {
  AnnounceInput,
  announce,
  EndAnnouncementInput,
  endAnnouncement,
} from './announcements/announce';
export { type AnnouncementRow, productAnnouncements } from './announcements/queries';
export { type FollowedProduct, listFollows, productFollow } from './follow/queries';
export { SetFollowInput, setFollow } from './follow/set-follow';
export { CommunityPage } from './page';
export { productAt } from './place';
export { AcceptAnswerInput, acceptAnswer } from './questions/accept-answer';
export { AnswerQuestionInput, answerQuestion } from './questions/answer-question';
export { AskQuestionInput, askQuestion } from './questions/ask-question';
export { CloseQuestionInput, closeQuestion } from './questions/close-question';
export {
  type AnswerRow,
  type ProductQuestions,
  productQuestions,
  type QuestionRow,
} from './questions/queries';
export { DecideReportInput, decideReport } from './reports/decide-report';
export { listReports, ReportFilter, type ReportRow } from './reports/queries';
export { ReportContentInput, reportContent } from './reports/report-content';
export { AnswerReviewInput, answerReview } from './reviews/answer-review';
export { type ProductReviews, productReviews, type ReviewRow } from './reviews/queries';
export { WithdrawReviewInput, withdrawReview } from './reviews/withdraw-review';
export { WriteReviewInput, writeReview } from './reviews/write-review';
export {
  type PopularProduct,
  popularProducts,
  productStandings,
  type RecentProduct,
  recentlyUsed,
} from './usage/popularity';
export { type UsageDetail, usageDetail } from './usage/usage-detail';
