import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  CreateShareInput,
  createShare,
  DigestInput,
  ListSharesInput,
  listDigests,
  listShares,
  previewDigest,
  RemoveCommentInput,
  RevokeShareInput,
  removeComment,
  revokeShare,
  SatisfactionInput,
  SetSharingInput,
  SetSurveyInput,
  StopDigestInput,
  satisfaction,
  setSharing,
  setSurvey,
  stopDigest,
  subscribe,
} from '@/lib/insight';

const tags = ['Insight'];

/** What people say in the survey, and figures for others: share links and e-mail. */
export const insightSharingRoutes: FastifyPluginAsyncZod = async (app) => {
  const said = (summary: string) => ({ tags, summary });

  app.get(
    '/insight/satisfaction',
    { schema: { ...said('What the survey says'), querystring: SatisfactionInput } },
    async ({ ctx, query }) => satisfaction(ctx, query),
  );
  app.put(
    '/insight/survey',
    { schema: { ...said('Set the survey'), body: SetSurveyInput } },
    async ({ ctx, body }, reply) => {
      await setSurvey(ctx, body);
      return reply.code(204).send();
    },
  );
  app.delete(
    '/insight/survey/comments/:commentId',
    { schema: { ...said('Take the words of a comment away'), params: RemoveCommentInput } },
    async ({ ctx, params }, reply) => {
      await removeComment(ctx, params);
      return reply.code(204).send();
    },
  );

  app.get(
    '/insight/shares',
    { schema: { ...said('Your share links, or all'), querystring: ListSharesInput } },
    async ({ ctx, query }) => listShares(ctx, query),
  );
  app.post(
    '/insight/shares',
    {
      schema: {
        ...said('Create a share link'),
        description: 'The answer is the only place where the address is ever shown.',
        body: CreateShareInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(await createShare(ctx, body)),
  );
  app.delete(
    '/insight/shares/:shareId',
    { schema: { ...said('Revoke a share link'), params: RevokeShareInput } },
    async ({ ctx, params }, reply) => {
      await revokeShare(ctx, params);
      return reply.code(204).send();
    },
  );
  app.put(
    '/insight/sharing',
    { schema: { ...said('Allow or forbid share links'), body: SetSharingInput } },
    async ({ ctx, body }, reply) => {
      await setSharing(ctx, body);
      return reply.code(204).send();
    },
  );

  app.get('/insight/digests', { schema: said('Figures that you get by e-mail') }, async ({ ctx }) =>
    listDigests(ctx),
  );
  app.post(
    '/insight/digests',
    { schema: { ...said('Get figures by e-mail'), body: DigestInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await subscribe(ctx, body)),
  );
  app.post(
    '/insight/digests/preview',
    { schema: { ...said('The message as it would be now'), body: DigestInput } },
    async ({ ctx, body }) => previewDigest(ctx, body),
  );
  app.delete(
    '/insight/digests/:digestId',
    { schema: { ...said('Stop figures by e-mail'), params: StopDigestInput } },
    async ({ ctx, params }, reply) => {
      await stopDigest(ctx, params);
      return reply.code(204).send();
    },
  );
};
