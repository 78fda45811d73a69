import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AnswerItemInput,
  AskInput,
  AutoApprovalInput,
  accessCart,
  accessInbox,
  addToCart,
  answerItem,
  autoApproval,
  CartInput,
  ChangeGrantInput,
  changeGrant,
  DecideItemInput,
  decideItem,
  endDeputy,
  getRequestItem,
  InboxQuery,
  myData,
  myRequests,
  previewRequest,
  RenewAccessInput,
  RequestAccessInput,
  removeFromCart,
  renewAccess,
  requestAccess,
  reviewGrant,
  SetDeputyInput,
  setAutoApproval,
  setDeputy,
  withdrawItem,
} from '@/lib/access';

const tags = ['access'];
const id = z.string().min(1).max(100);
const ItemParams = z.object({ itemId: id });
const GrantParams = z.object({ grantId: id });
const ProductParams = z.object({ productId: id });
const [Approve, Ask, Refuse] = DecideItemInput.options;
const DecisionBody = z.discriminatedUnion('decision', [
  Approve.omit({ itemId: true }),
  Ask.omit({ itemId: true }),
  Refuse.omit({ itemId: true }),
]);

/** Asking for access, deciding on it, and what one holds. */
export const accessRequestRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/access/mine',
    { schema: { tags, summary: 'What you may read by grants, what ends soon, your tokens' } },
    ({ ctx }) => myData(ctx),
  );
  app.get(
    '/access/cart',
    { schema: { tags, summary: 'What you are about to ask for, and purposes to choose from' } },
    ({ ctx }) => accessCart(ctx),
  );
  app.post(
    '/access/cart',
    { schema: { tags, summary: 'Put a product into the cart', body: CartInput } },
    ({ ctx, body }) => addToCart(ctx, body),
  );
  app.delete(
    '/access/cart/products/:productId',
    { schema: { tags, summary: 'Take a product out of the cart', params: ProductParams } },
    ({ ctx, params }) => removeFromCart(ctx, params),
  );
  app.post(
    '/access/preview',
    {
      schema: {
        tags,
        summary: 'What policy says about a request before it is sent',
        body: AskInput,
      },
    },
    ({ ctx, body }) => previewRequest(ctx, body),
  );
  app.get(
    '/access/requests',
    {
      schema: {
        tags,
        summary: 'What you have asked for, newest first',
        querystring: z.object({ after: id.optional() }),
      },
    },
    ({ ctx, query }) => myRequests(ctx, query),
  );
  app.post(
    '/access/requests',
    { schema: { tags, summary: 'Ask for access to products', body: RequestAccessInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await requestAccess(ctx, body)),
  );
  app.get(
    '/access/inbox',
    { schema: { tags, summary: 'Requests that wait for you', querystring: InboxQuery } },
    ({ ctx, query }) => accessInbox(ctx, query),
  );
  await app.register(itemRoutes);
  await app.register(ownerRoutes);
};

const itemRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/access/items/:itemId',
    { schema: { tags, summary: 'One line of a request with its history', params: ItemParams } },
    ({ ctx, params }) => getRequestItem(ctx, params.itemId),
  );
  app.post(
    '/access/items/:itemId/decision',
    {
      schema: {
        tags,
        summary: 'Approve (whole, or columns, masks, rows and days), ask or refuse',
        params: ItemParams,
        body: DecisionBody,
      },
    },
    async ({ ctx, params, body }, reply) => {
      await decideItem(ctx, { ...body, ...params });
      return reply.code(204).send();
    },
  );
  app.post(
    '/access/items/:itemId/answer',
    {
      schema: {
        tags,
        summary: 'Answer the owner’s question',
        params: ItemParams,
        body: AnswerItemInput.omit({ itemId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await answerItem(ctx, { ...body, ...params });
      return reply.code(204).send();
    },
  );
  app.delete(
    '/access/items/:itemId',
    { schema: { tags, summary: 'Withdraw what you asked for', params: ItemParams } },
    async ({ ctx, params }, reply) => {
      await withdrawItem(ctx, params);
      return reply.code(204).send();
    },
  );
};

const ownerRoutes: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    '/grants/:grantId',
    {
      schema: {
        tags,
        summary: 'Change a grant’s columns, masks, rows or end',
        params: GrantParams,
        body: ChangeGrantInput.omit({ grantId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await changeGrant(ctx, { ...body, ...params });
      return reply.code(204).send();
    },
  );
  app.post(
    '/grants/:grantId/review',
    { schema: { tags, summary: 'Say that a grant is still right', params: GrantParams } },
    async ({ ctx, params }, reply) => {
      await reviewGrant(ctx, params);
      return reply.code(204).send();
    },
  );
  app.post(
    '/grants/:grantId/renewal',
    {
      schema: {
        tags,
        summary: 'Ask to go on with a grant that ends within fourteen days',
        params: GrantParams,
        body: RenewAccessInput.omit({ grantId: true }),
      },
    },
    async ({ ctx, params, body }, reply) =>
      reply.code(201).send(await renewAccess(ctx, { ...body, ...params })),
  );
  app.get(
    '/products/:productId/auto-approval',
    { schema: { tags, summary: 'The rule that approves by itself', params: ProductParams } },
    async ({ ctx, params }) => ({ rule: await autoApproval(ctx, params.productId) }),
  );
  app.put(
    '/products/:productId/auto-approval',
    {
      schema: {
        tags,
        summary: 'Set or end the rule that approves by itself',
        params: ProductParams,
        body: AutoApprovalInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await setAutoApproval(ctx, { ...body, ...params });
      return reply.code(204).send();
    },
  );
  app.put(
    '/access/deputy',
    { schema: { tags, summary: 'Name who decides while you are away', body: SetDeputyInput } },
    ({ ctx, body }) => setDeputy(ctx, body),
  );
  app.delete(
    '/access/deputy',
    { schema: { tags, summary: 'Decide yourself again' } },
    async ({ ctx }, reply) => {
      await endDeputy(ctx);
      return reply.code(204).send();
    },
  );
};
