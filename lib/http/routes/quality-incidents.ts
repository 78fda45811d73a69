import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AcrossFilter,
  AssignIncidentInput,
  assignIncident,
  CommentIncidentInput,
  commentIncident,
  discardQuarantine,
  getIncident,
  incidentRows,
  incidentsAcross,
  PreviewRemedyInput,
  previewRemedy,
  quarantineRows,
  RemediateInput,
  RootCauseInput,
  remediateIncident,
  setRootCause,
} from '@/lib/quality';

const tags = ['quality'];
const params = z.object({ id: z.string().min(1).max(100) });
const without = { incidentId: true } as const;

/** Incidents of quality rules and the rows they are about. */
export const qualityIncidentRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/quality/incidents',
    {
      schema: {
        tags,
        summary:
          'Incidents of every product that concerns you, newest first; open ones unless told otherwise',
        querystring: AcrossFilter,
      },
    },
    ({ ctx, query }) => incidentsAcross(ctx, query),
  );
  app.get(
    '/quality/incidents/:id',
    { schema: { tags, summary: 'An incident with its history', params } },
    ({ ctx, params: { id } }) => getIncident(ctx, id),
  );
  app.get(
    '/quality/incidents/:id/rows',
    {
      schema: { tags, summary: 'Some rows that break the rule, for who may read them', params },
    },
    ({ ctx, params: { id } }) => incidentRows(ctx, id),
  );
  app.post(
    '/quality/incidents/:id/assign',
    {
      schema: {
        tags,
        summary: 'Give an incident to somebody, or with an empty address to nobody',
        params,
        body: AssignIncidentInput.omit(without),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await assignIncident(ctx, { ...body, incidentId: id });
      return reply.code(204).send();
    },
  );
  app.post(
    '/quality/incidents/:id/comments',
    {
      schema: {
        tags,
        summary: 'Write a comment into an incident’s history',
        params,
        body: CommentIncidentInput.omit(without),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await commentIncident(ctx, { ...body, incidentId: id });
      return reply.code(204).send();
    },
  );
  app.put(
    '/quality/incidents/:id/root-cause',
    {
      schema: {
        tags,
        summary: 'Say why the rule fails',
        params,
        body: RootCauseInput.omit(without),
      },
    },
    async ({ ctx, params: { id }, body }, reply) => {
      await setRootCause(ctx, { ...body, incidentId: id });
      return reply.code(204).send();
    },
  );
  app.post(
    '/quality/incidents/:id/preview',
    {
      schema: {
        tags,
        summary: 'What a remedy would do: quarantine, fix or rollback',
        params,
        body: PreviewRemedyInput.omit(without),
      },
    },
    ({ ctx, params: { id }, body }) => previewRemedy(ctx, { ...body, incidentId: id }),
  );
  app.post(
    '/quality/incidents/:id/remediations',
    {
      schema: {
        tags,
        summary: 'Mend what is served as the preview said; the rules run again afterwards',
        params,
        body: RemediateInput.omit(without),
      },
    },
    async ({ ctx, params: { id }, body }, reply) =>
      reply.code(202).send(await remediateIncident(ctx, { ...body, incidentId: id })),
  );
  app.get(
    '/quality/quarantine/:id/rows',
    { schema: { tags, summary: 'The first rows of a side file', params } },
    ({ ctx, params: { id } }) => quarantineRows(ctx, id),
  );
  app.delete(
    '/quality/quarantine/:id',
    { schema: { tags, summary: 'Destroy a side file with its key', params } },
    async ({ ctx, params: { id } }, reply) => {
      await discardQuarantine(ctx, id);
      return reply.code(204).send();
    },
  );
};
