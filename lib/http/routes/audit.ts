import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AuditFilter,
  deleteAuditView,
  EXPORT_FORMATS,
  exportAudit,
  getAuditEvent,
  lastVerification,
  listAudit,
  listAuditViews,
  listCheckpoints,
  requestVerification,
  SaveAuditViewInput,
  saveAuditView,
  UpdateAuditViewInput,
  updateAuditView,
} from '@/lib/audit';

const tags = ['audit'];
const CONTENT_TYPE = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' };

/** The append-only log of changes and access decisions; for stewards and platform admins. */
export const auditRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/audit',
    {
      schema: {
        tags,
        summary: 'Audit rows, newest first',
        querystring: AuditFilter.extend({
          after: z.string().max(100).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
      },
    },
    ({ ctx, query: { after, limit, ...filter } }) => listAudit(ctx, filter, { after, limit }),
  );

  app.get(
    '/audit/export',
    {
      schema: {
        tags,
        summary: 'All matching audit rows as NDJSON or CSV',
        querystring: AuditFilter.extend({ format: z.enum(EXPORT_FORMATS).default('ndjson') }),
      },
    },
    async ({ ctx, query: { format, ...filter } }, reply) => {
      const chunks = await exportAudit(ctx, filter, format);
      return reply
        .type(CONTENT_TYPE[format])
        .header('content-disposition', `attachment; filename="audit.${format}"`)
        .send(Readable.from(chunks, { objectMode: false }));
    },
  );

  app.get(
    '/audit/checkpoints',
    {
      schema: {
        tags,
        summary: 'Signed checkpoints, newest first: note them elsewhere',
        querystring: z.object({ before: z.string().max(20).optional() }),
      },
    },
    ({ ctx, query }) => listCheckpoints(ctx, query.before),
  );

  app.get(
    '/audit/verification',
    { schema: { tags, summary: 'How the last proof of the log ended' } },
    ({ ctx }) => lastVerification(ctx),
  );

  app.post(
    '/audit/verification',
    { schema: { tags, summary: 'Have the whole log proven now, by a worker' } },
    async ({ ctx }, reply) => {
      await requestVerification(ctx);
      return reply.code(202).send({ status: 'asked' });
    },
  );

  app.get(
    '/audit/:id',
    {
      schema: {
        tags,
        summary: 'One audit row with its hash',
        params,
      },
    },
    ({ ctx, params }) => getAuditEvent(ctx, params.id),
  );

  await app.register(viewRoutes);
};

const params = z.object({ id: z.string().max(100) });

/** Searches that people keep. */
const viewRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/audit/views',
    { schema: { tags, summary: 'Your saved searches, and those that others share' } },
    async ({ ctx }) => ({ views: await listAuditViews(ctx) }),
  );

  app.post(
    '/audit/views',
    { schema: { tags, summary: 'Keep a search', body: SaveAuditViewInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await saveAuditView(ctx, body)),
  );

  app.patch(
    '/audit/views/:id',
    {
      schema: {
        tags,
        summary: 'Rename a search of your own, or share it',
        params,
        body: UpdateAuditViewInput.omit({ viewId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await updateAuditView(ctx, { viewId: params.id, ...body });
      return reply.code(204).send();
    },
  );

  app.delete(
    '/audit/views/:id',
    { schema: { tags, summary: 'Forget a saved search', params } },
    async ({ ctx, params }, reply) => {
      await deleteAuditView(ctx, { viewId: params.id });
      return reply.code(204).send();
    },
  );
};
