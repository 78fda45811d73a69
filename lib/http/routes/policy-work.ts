import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { csvCell } from '@/lib/audit';
import {
  ActivatePolicyInput,
  activatePolicy,
  approveLoosening,
  CheckPolicyInput,
  checkPolicy,
  DecideWaiverInput,
  DraftPolicyInput,
  DryRunRuleInput,
  decideWaiver,
  discardPolicyDraft,
  draftPolicy,
  dryRunRule,
  exportSimulation,
  getPolicyDraft,
  getSimulation,
  listRules,
  listWaivers,
  PlaygroundInput,
  PolicyDraftInput,
  RequestWaiverInput,
  requestWaiver,
  SavePolicyDraftInput,
  SimulatePolicyInput,
  SimulationFilter,
  savePolicyDraft,
  simulatePolicy,
  submitPolicyDraft,
  tryDecision,
  WaiverFilter,
} from '@/lib/governance';

const tags = ['governance'];
const Name = z.object({ name: z.string().min(1).max(63) });

/** Policies from draft to force, rules, waivers, and what would be decided. */
export const policyWorkRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/governance/drafts',
    {
      schema: {
        tags,
        summary: 'Begin a version of a policy, or a new policy',
        body: DraftPolicyInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(await draftPolicy(ctx, body)),
  );
  app.get(
    '/governance/policies/:name/draft',
    { schema: { tags, summary: 'The draft of a policy, checked', params: Name } },
    ({ ctx, params }) => getPolicyDraft(ctx, params.name),
  );
  app.put(
    '/governance/drafts',
    {
      schema: {
        tags,
        summary: 'Save a draft; `rev` is the revision that you read',
        body: SavePolicyDraftInput,
      },
    },
    ({ ctx, body }) => savePolicyDraft(ctx, body),
  );
  app.post(
    '/governance/drafts/check',
    {
      schema: {
        tags,
        summary: 'What is wrong with a text, and what it would change',
        body: CheckPolicyInput,
      },
    },
    ({ ctx, body }) => checkPolicy(ctx, body),
  );
  for (const [path, summary, run] of [
    ['submit', 'Submit a draft for a decision', submitPolicyDraft],
    ['consent', 'Consent to what a draft loosens', approveLoosening],
    ['discard', 'Discard a draft', discardPolicyDraft],
  ] as const) {
    app.post(
      `/governance/drafts/${path}`,
      { schema: { tags, summary, body: PolicyDraftInput } },
      async ({ ctx, body }, reply) => {
        await run(ctx, body);
        return reply.code(204).send();
      },
    );
  }
  app.post(
    '/governance/drafts/activate',
    { schema: { tags, summary: 'Put a draft in force or in grace', body: ActivatePolicyInput } },
    async ({ ctx, body }, reply) => {
      await activatePolicy(ctx, body);
      return reply.code(204).send();
    },
  );

  app.post(
    '/governance/simulations',
    {
      schema: {
        tags,
        summary: 'Try a draft on every product, grant and decision of the last 30 days',
        body: SimulatePolicyInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(202).send(await simulatePolicy(ctx, body)),
  );
  app.get(
    '/governance/policies/:name/simulation',
    {
      schema: {
        tags,
        summary: 'The newest simulation of a policy’s draft, and what flips',
        params: Name,
        querystring: SimulationFilter,
      },
    },
    ({ ctx, params, query }) => getSimulation(ctx, params.name, query),
  );
  app.get(
    '/governance/policies/:name/simulation/export',
    { schema: { tags, summary: 'Everything that flips, as CSV', params: Name } },
    async ({ ctx, params }, reply) => {
      const rows = await exportSimulation(ctx, params.name);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="simulation.csv"')
        .send(Readable.from(csvLines(rows), { objectMode: false }));
    },
  );

  app.get(
    '/governance/rules',
    { schema: { tags, summary: 'Every validation rule, the portal’s own and the stewards’' } },
    async ({ ctx }) => ({ rules: await listRules(ctx) }),
  );
  app.post(
    '/governance/rules/dry-run',
    {
      schema: { tags, summary: 'Try a rule on the live catalogue', body: DryRunRuleInput },
    },
    ({ ctx, body }) => dryRunRule(ctx, body),
  );

  app.get(
    '/governance/waivers',
    { schema: { tags, summary: 'Waivers, newest first', querystring: WaiverFilter } },
    ({ ctx, query }) => listWaivers(ctx, query),
  );
  app.post(
    '/governance/waivers',
    { schema: { tags, summary: 'Ask for a waiver', body: RequestWaiverInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await requestWaiver(ctx, body)),
  );
  app.post(
    '/governance/waivers/decide',
    { schema: { tags, summary: 'Approve, reject or revoke a waiver', body: DecideWaiverInput } },
    async ({ ctx, body }, reply) => {
      await decideWaiver(ctx, body);
      return reply.code(204).send();
    },
  );

  app.post(
    '/governance/playground',
    {
      schema: {
        tags,
        summary: 'What would be decided, and every policy that was looked at',
        body: PlaygroundInput,
      },
    },
    ({ ctx, body }) => tryDecision(ctx, body),
  );
};

async function* csvLines(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`;
}
