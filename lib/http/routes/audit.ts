import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AuditFilter, EXPORT_FORMATS, exportAudit, getAuditEvent, listAudit } from '@/lib/audit';

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
    '/audit/:id',
    {
      schema: {
        tags,
        summary: 'One audit row with its hash',
        params: z.object({ id: z.string().max(100) }),
      },
    },
    ({ ctx, params }) => getAuditEvent(ctx, params.id),
  );
};
