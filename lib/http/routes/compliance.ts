import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AcknowledgeViolationInput,
  AssignViolationInput,
  acknowledgeViolation,
  assignViolation,
  complianceOverview,
  getViolation,
  listViolations,
  NoteViolationInput,
  noteViolation,
  RunMonitorInput,
  runMonitorNow,
  ViolationFilter,
} from '@/lib/compliance';

const tags = ['compliance'];
const params = z.object({ id: z.string().min(1).max(100) });

/** The compliance monitor and what it found. */
export const complianceRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/compliance',
    {
      schema: {
        tags,
        summary: 'Open violations by rule, domain and regulation, the trend, and each rule’s runs',
      },
    },
    ({ ctx }) => complianceOverview(ctx),
  );
  app.post(
    '/compliance/runs',
    { schema: { tags, summary: 'Run a rule of the monitor now', body: RunMonitorInput } },
    async ({ ctx, body }, reply) => reply.code(202).send(await runMonitorNow(ctx, body)),
  );
  app.get(
    '/compliance/violations',
    { schema: { tags, summary: 'Violations, newest first', querystring: ViolationFilter } },
    ({ ctx, query }) => listViolations(ctx, query),
  );
  app.get(
    '/compliance/violations/:id',
    { schema: { tags, summary: 'A violation with its evidence and history', params } },
    ({ ctx, params: { id } }) => getViolation(ctx, id),
  );
  app.post(
    '/compliance/violations/:id/acknowledge',
    {
      schema: {
        tags,
        summary: 'Take a violation up',
        params,
        body: AcknowledgeViolationInput.omit({ violationId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await acknowledgeViolation(ctx, { ...body, violationId: id });
      return reply.code(204).send();
    },
  );
  app.post(
    '/compliance/violations/:id/assign',
    {
      schema: {
        tags,
        summary: 'Give a violation to somebody, or with an empty address to nobody',
        params,
        body: AssignViolationInput.omit({ violationId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await assignViolation(ctx, { ...body, violationId: id });
      return reply.code(204).send();
    },
  );
  app.post(
    '/compliance/violations/:id/notes',
    {
      schema: {
        tags,
        summary: 'Write a note into a violation’s history',
        params,
        body: NoteViolationInput.omit({ violationId: true }),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await noteViolation(ctx, { ...body, violationId: id });
      return reply.code(204).send();
    },
  );
};
