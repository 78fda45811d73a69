import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AnnounceInput,
  AskQuestionInput,
  announce,
  askQuestion,
  CommunityPage,
  endAnnouncement,
  popularProducts,
  productAnnouncements,
  productAt,
  productFollow,
  productQuestions,
  productReviews,
  recentlyUsed,
  SetFollowInput,
  setFollow,
  usageDetail,
  WriteReviewInput,
  writeReview,
} from '@/lib/community';
import type { Ctx } from '@/lib/core';
import { conversationRoutes } from './conversation';

const tags = ['Community'];
const params = z.object({ domain: z.string().max(63), product: z.string().max(63) });
type Address = z.infer<typeof params>;
const Id = z.object({ id: z.string().min(1).max(100) });

const at = async (ctx: Ctx, { domain, product }: Address) => ({
  productId: await productAt(ctx, domain, product),
});

/** What people say about a product and how it is used. */
export const communityRoutes: FastifyPluginAsyncZod = async (app) => {
  const base = '/products/:domain/:product';
  const schema = (summary: string) => ({ tags, params, summary });
  const page = (summary: string) => ({
    schema: { ...schema(summary), querystring: CommunityPage },
  });

  app.get(`${base}/reviews`, page('Reviews, newest first'), async ({ ctx, params: of, query }) =>
    productReviews(ctx, (await at(ctx, of)).productId, query),
  );
  app.put(
    `${base}/review`,
    {
      schema: {
        ...schema('Review a product that you consume, or edit your review'),
        body: WriteReviewInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params: of, body }) => writeReview(ctx, { ...body, ...(await at(ctx, of)) }),
  );
  app.get(
    `${base}/questions`,
    page('Questions, newest first'),
    async ({ ctx, params: of, query }) =>
      productQuestions(ctx, (await at(ctx, of)).productId, query),
  );
  app.post(
    `${base}/questions`,
    { schema: { ...schema('Ask the owner'), body: AskQuestionInput.omit({ productId: true }) } },
    async ({ ctx, params: of, body }, reply) =>
      reply.code(201).send(await askQuestion(ctx, { ...body, ...(await at(ctx, of)) })),
  );
  app.get(
    `${base}/announcements`,
    { schema: schema('What is announced now') },
    async ({ ctx, params: of }) => productAnnouncements(ctx, (await at(ctx, of)).productId),
  );
  app.post(
    `${base}/announcements`,
    {
      schema: {
        ...schema('Tell whoever follows it'),
        body: AnnounceInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params: of, body }, reply) =>
      reply.code(201).send(await announce(ctx, { ...body, ...(await at(ctx, of)) })),
  );
  app.delete(
    '/announcements/:id',
    { schema: { tags, summary: 'End an announcement', params: Id } },
    async ({ ctx, params: { id } }, reply) => {
      await endAnnouncement(ctx, { announcementId: id });
      return reply.code(204).send();
    },
  );
  app.get(
    `${base}/follow`,
    { schema: schema('Whether you are told of a product, and of what') },
    async ({ ctx, params: of }) => productFollow(ctx, (await at(ctx, of)).productId),
  );
  app.put(
    `${base}/follow`,
    {
      schema: {
        ...schema('Follow a product, or do not'),
        body: SetFollowInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params: of, body }, reply) => {
      await setFollow(ctx, { ...body, ...(await at(ctx, of)) });
      return reply.code(204).send();
    },
  );
  app.get(
    `${base}/usage`,
    { schema: schema('Who read it in 30 days, how often, and which columns; for its owner') },
    async ({ ctx, params: of }) => usageDetail(ctx, (await at(ctx, of)).productId),
  );
  app.get(
    '/usage/popular',
    { schema: { tags, summary: 'What most people read in 30 days' } },
    async ({ ctx }) => ({ items: await popularProducts(ctx) }),
  );
  app.get(
    '/usage/recent',
    { schema: { tags, summary: 'What you read last' } },
    async ({ ctx }) => ({ items: await recentlyUsed(ctx) }),
  );
  await app.register(conversationRoutes);
};
