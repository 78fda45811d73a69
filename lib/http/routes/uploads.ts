import { PassThrough, type Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { env } from '@/lib/core';
import { attachUpload } from '@/lib/products/attach-upload';
import { getDraft } from '@/lib/products/draft-queries';
import { clientSignal } from '../client-signal';

const MAX_NAME_CHARS = 500;
const DRAIN_MS = 30_000;

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
      const body = (request.body ?? request.raw) as Readable;
      try {
        await attachUpload(ctx, {
          draftId: params.id,
          fileName: query.name,
          // A copy, so that a refusal ends the copy and not the connection it has to be sent on.
          body: body.pipe(new PassThrough()),
          signal: clientSignal(reply),
          ...(headers['content-length'] && { expectedBytes: Number(headers['content-length']) }),
        });
      } catch (error) {
        await drain(body);
        throw error;
      }
      return getDraft(ctx, params.id);
    },
  );
};

/**
 * Lets the rest of a refused upload arrive and forgets it: browsers read an answer only once they have
 * sent everything. Who is still sending after half a minute is cut off.
 */
async function drain(body: Readable): Promise<void> {
  if (body.readableEnded || body.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, DRAIN_MS);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    body.once('end', done).once('close', done).once('error', done);
    body.unpipe();
    body.resume();
  });
}
