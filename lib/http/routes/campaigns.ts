import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  CampaignFilter,
  CampaignPage,
  CloseCampaignInput,
  campaignProgressCsv,
  closeCampaign,
  getCampaign,
  listCampaigns,
  MakeCampaignInput,
  makeCampaign,
  recountCampaign,
} from '@/lib/insight';

const tags = ['Campaigns'];
const params = z.object({ id: z.string().min(1).max(64) });

/** Products that should reach something by a day. */
export const campaignRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/insight/campaigns',
    { schema: { tags, summary: 'Campaigns', querystring: CampaignFilter } },
    async ({ ctx, query }) => listCampaigns(ctx, query),
  );
  app.post(
    '/insight/campaigns',
    { schema: { tags, summary: 'Make a campaign', body: MakeCampaignInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await makeCampaign(ctx, body)),
  );
  app.get(
    '/insight/campaigns/:id',
    {
      schema: { tags, summary: 'A campaign and its products', params, querystring: CampaignPage },
    },
    async ({ ctx, params: { id }, query }) => getCampaign(ctx, id, query),
  );
  app.get(
    '/insight/campaigns/:id/progress.csv',
    { schema: { tags, summary: 'How a campaign went, as a file', params } },
    async ({ ctx, params: { id } }, reply) =>
      reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="campaign.csv"')
        .send(await campaignProgressCsv(ctx, id)),
  );
  app.post(
    '/insight/campaigns/:id/recount',
    { schema: { tags, summary: 'Have its products looked at now', params } },
    async ({ ctx, params: { id } }, reply) =>
      reply.code(202).send(await recountCampaign(ctx, { campaignId: id })),
  );
  app.post(
    '/insight/campaigns/:id/close',
    {
      schema: {
        ...{ tags, summary: 'End a campaign once its products are counted a last time', params },
        body: CloseCampaignInput.omit({ campaignId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await closeCampaign(ctx, { ...body, campaignId: id });
      return reply.code(202).send();
    },
  );
};
