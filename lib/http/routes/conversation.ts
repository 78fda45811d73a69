import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AcceptAnswerInput,
  AnswerQuestionInput,
  AnswerReviewInput,
  acceptAnswer,
  answerQuestion,
  answerReview,
  CloseQuestionInput,
  CommunityPage,
  closeQuestion,
  DecideReportInput,
  decideReport,
  listFollows,
  listReports,
  ReportContentInput,
  ReportFilter,
  reportContent,
  withdrawReview,
} from '@/lib/community';

const tags = ['Community'];
const params = z.object({ id: z.string().min(1).max(100) });

/** What follows a review or a question, and what one person follows. */
export const conversationRoutes: FastifyPluginAsyncZod = async (app) => {
  const schema = (summary: string) => ({ tags, params, summary });
  app.get(
    '/follows',
    {
      schema: {
        tags,
        summary: 'Products that you are told of',
        querystring: CommunityPage,
      },
    },
    ({ ctx, query }) => listFollows(ctx, query),
  );
  app.delete(
    '/reviews/:id',
    { schema: schema('Withdraw your review') },
    async ({ ctx, params: { id } }, reply) => {
      await withdrawReview(ctx, { reviewId: id });
      return reply.code(204).send();
    },
  );
  app.put(
    '/reviews/:id/answer',
    {
      schema: {
        ...schema('Answer a review as the owner; an empty text takes the answer back'),
        body: AnswerReviewInput.omit({ reviewId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await answerReview(ctx, { ...body, reviewId: id });
      return reply.code(204).send();
    },
  );
  app.post(
    '/questions/:id/answers',
    {
      schema: {
        ...schema('Answer a question'),
        body: AnswerQuestionInput.omit({ questionId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) =>
      reply.code(201).send(await answerQuestion(ctx, { ...body, questionId: id })),
  );
  app.put(
    '/questions/:id/state',
    {
      schema: {
        ...schema('Close a question, or open it again'),
        body: CloseQuestionInput.omit({ questionId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await closeQuestion(ctx, { ...body, questionId: id });
      return reply.code(204).send();
    },
  );
  app.put(
    '/answers/:id/acceptance',
    {
      schema: {
        ...schema('Accept an answer to your question, or take it back'),
        body: AcceptAnswerInput.omit({ answerId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await acceptAnswer(ctx, { ...body, answerId: id });
      return reply.code(204).send();
    },
  );
  app.get(
    '/reports',
    { schema: { tags, summary: 'What was reported, newest first', querystring: ReportFilter } },
    ({ ctx, query }) => listReports(ctx, query),
  );
  app.post(
    '/reports',
    { schema: { tags, summary: 'Report a text that is out of place', body: ReportContentInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await reportContent(ctx, body)),
  );
  app.put(
    '/reports/:id/decision',
    {
      schema: {
        ...schema('Hide a text that was reported, or let it stand'),
        body: DecideReportInput.omit({ reportId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await decideReport(ctx, { ...body, reportId: id });
      return reply.code(204).send();
    },
  );
};
