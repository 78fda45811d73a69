import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { env } from '@/lib/core';
import { attachUpload } from '@/lib/products/attach-upload';
import { getDraft } from '@/lib/products/draft-queries';
import { clientSignal } from '../client-signal';

const MAX_NAME_CHARS = 500;

/** Files for drafts, streamed to disk as they arrive. */
export const uploadRoutes: FastifyPluginAsyncZod = async (app) => {
  // Whatever its type, the body is the file: handed through as a stream, here and nowhere else.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.put(
    '/drafts/:id/source/file',
    {
      bodyLimit: env().PORTOLAN_MAX_UPLOAD_BYTES,
      schema: {
        tags: ['Drafts'],
        summary: 'Upload the file that a draft is made of',
        description:
          'The body is the file itself: CSV, TSV, JSON, NDJSON or Parquet, gzip accepted. It takes the place of an earlier file; schema and suggested rules are worked out anew. Answers with the draft.',
        params: z.object({ id: z.string().min(1).max(100) }),
        querystring: z.object({
          name: z.string().min(1).max(MAX_NAME_CHARS).describe('The file’s name'),
        }),
      },
    },
    async (request, reply) => {
      const { ctx, params, query, headers } = request;
      await attachUpload(ctx, {
        draftId: params.id,
        fileName: query.name,
        body: (request.body ?? request.raw) as Readable,
        signal: clientSignal(reply),
        ...(headers['content-length'] && { expectedBytes: Number(headers['content-length']) }),
      });
      return getDraft(ctx, params.id);
    },
  );
};
