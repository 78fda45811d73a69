import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ArchiveCheckInput,
  archiveCheck,
  ChangesInput,
  CreateCheckInput,
  createCheck,
  domainStandings,
  listCustomChecks,
  listScorecards,
  PreviewCheckInput,
  previewCheck,
  productScorecard,
  Scope,
  ScorecardFilter,
  scorecardChanges,
  scorecardChecks,
  scorecardCourse,
  scorecardsCsv,
  UpdateCheckInput,
  updateCheck,
} from '@/lib/insight';

const tags = ['Scorecards'];
const ofCheck = z.object({ check: z.string().min(1).max(63) });
const ofProduct = z.object({ domain: z.string().max(63), product: z.string().max(63) });
const csv = (reply: FastifyReply, name: string, text: string) =>
  reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(text);

/** How mature products and domains are, and what stewards ask of them beside. */
export const scorecardRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/insight/scorecards',
    { schema: { tags, summary: 'Scorecards as recorded last', querystring: ScorecardFilter } },
    async ({ ctx, query }) => listScorecards(ctx, query),
  );
  app.get(
    '/insight/scorecards.csv',
    { schema: { tags, summary: 'The same as a file', querystring: ScorecardFilter } },
    async ({ ctx, query }, reply) => csv(reply, 'scorecards', await scorecardsCsv(ctx, query)),
  );
  app.get(
    '/insight/scorecards/domains',
    { schema: { tags, summary: 'How mature domains are' } },
    async ({ ctx }) => ({ items: await domainStandings(ctx) }),
  );
  app.get(
    '/insight/scorecards/course',
    { schema: { tags, summary: 'Products by level, day by day', querystring: Scope } },
    async ({ ctx, query }) => scorecardCourse(ctx, query),
  );
  app.get(
    '/insight/scorecards/changes',
    { schema: { tags, summary: 'What changed, newest first', querystring: ChangesInput } },
    async ({ ctx, query }) => scorecardChanges(ctx, query),
  );
  app.get(
    '/insight/scorecards/products/:domain/:product',
    {
      schema: { tags, summary: 'The scorecard of a product at this moment', params: ofProduct },
    },
    async ({ ctx, params }) => productScorecard(ctx, params),
  );
  app.get(
    '/insight/checks',
    { schema: { tags, summary: 'What products are put to' } },
    async ({ ctx }) => scorecardChecks(ctx),
  );
  app.get(
    '/insight/checks/own',
    { schema: { tags, summary: 'Checks that stewards wrote, with their wordings' } },
    async ({ ctx }) => listCustomChecks(ctx),
  );
  app.post(
    '/insight/checks/own',
    { schema: { tags, summary: 'Write a check', body: CreateCheckInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await createCheck(ctx, body)),
  );
  app.post(
    '/insight/checks/preview',
    { schema: { tags, summary: 'Try an expression on real products', body: PreviewCheckInput } },
    async ({ ctx, body }) => previewCheck(ctx, body),
  );
  app.put(
    '/insight/checks/own/:check',
    {
      schema: {
        ...{ tags, summary: 'Write a check anew', params: ofCheck },
        body: UpdateCheckInput.omit({ name: true }),
      },
    },
    async ({ ctx, params, body }) => updateCheck(ctx, { ...body, name: params.check }),
  );
  app.put(
    '/insight/checks/own/:check/state',
    {
      schema: {
        ...{ tags, summary: 'Archive a check, or put it in force again', params: ofCheck },
        body: ArchiveCheckInput.omit({ name: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await archiveCheck(ctx, { ...body, name: params.check });
      return reply.code(204).send();
    },
  );
};
