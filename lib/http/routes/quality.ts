import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AddRuleInput,
  addRule,
  HistoryFilter,
  IncidentFilter,
  listChecks,
  listIncidents,
  listQuarantine,
  listRules,
  qualityHistory,
  RecheckInput,
  recheckQuality,
  ruleHistory,
  SwitchRuleInput,
  suggestRules,
  switchRule,
} from '@/lib/quality';
import { qualityIncidentRoutes } from './quality-incidents';

const tags = ['quality'];
const id = z.string().min(1).max(100);
const ofProduct = z.object({ productId: id });
const ofRule = z.object({ ruleId: id });

/** Rules, their results over time, what was found and what is done about it. */
export const qualityRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(qualityIncidentRoutes);
  app.get(
    '/quality/checks',
    { schema: { tags, summary: 'Every check, with the JSON Schema of its settings' } },
    async () => ({ checks: listChecks() }),
  );
  app.get(
    '/products/:productId/quality/history',
    {
      schema: {
        tags,
        summary: 'Scores by run, rows by load, what is unusual, and what the policy asks for',
        params: ofProduct,
        querystring: HistoryFilter,
      },
    },
    ({ ctx, params: { productId }, query }) => qualityHistory(ctx, productId, query),
  );
  app.get(
    '/products/:productId/quality/rules',
    { schema: { tags, summary: 'The rules of a product', params: ofProduct } },
    async ({ ctx, params: { productId } }) => ({ rules: await listRules(ctx, productId) }),
  );
  app.post(
    '/products/:productId/quality/rules',
    {
      schema: {
        tags,
        summary: 'Add a rule; it counts from the next run on',
        params: ofProduct,
        body: AddRuleInput.omit({ productId: true }),
      },
    },
    async ({ ctx, params: { productId }, body }, reply) =>
      reply.code(201).send(await addRule(ctx, { ...body, productId })),
  );
  app.get(
    '/products/:productId/quality/suggestions',
    {
      schema: {
        tags,
        summary: 'What the newest rows keep and no rule says yet, each with its reason',
        params: ofProduct,
      },
    },
    ({ ctx, params: { productId } }) => suggestRules(ctx, productId),
  );
  app.post(
    '/products/:productId/quality/run',
    { schema: { tags, summary: 'Run the rules over what is served', params: RecheckInput } },
    async ({ ctx, params }, reply) => reply.code(202).send(await recheckQuality(ctx, params)),
  );
  app.get(
    '/products/:productId/quality/incidents',
    {
      schema: {
        tags,
        summary: 'Incidents of a product, newest first; open ones unless told otherwise',
        params: ofProduct,
        querystring: IncidentFilter,
      },
    },
    ({ ctx, params: { productId }, query }) => listIncidents(ctx, productId, query),
  );
  app.get(
    '/products/:productId/quality/quarantine',
    {
      schema: { tags, summary: 'Side files with rows that were taken out', params: ofProduct },
    },
    async ({ ctx, params: { productId } }) => ({ files: await listQuarantine(ctx, productId) }),
  );
  app.get(
    '/quality/rules/:ruleId/history',
    { schema: { tags, summary: 'One rule’s results, oldest first', params: ofRule } },
    ({ ctx, params: { ruleId } }) => ruleHistory(ctx, ruleId),
  );
  app.patch(
    '/quality/rules/:ruleId',
    {
      schema: {
        tags,
        summary: 'Switch a rule off or on',
        params: ofRule,
        body: SwitchRuleInput.omit({ ruleId: true }),
      },
    },
    async ({ ctx, params: { ruleId }, body }, reply) => {
      await switchRule(ctx, { ...body, ruleId });
      return reply.code(204).send();
    },
  );
};
