import type { FastifyReply } from 'fastify';

/** Aborts when the client leaves before the answer is out. */
export function clientSignal(reply: FastifyReply): AbortSignal {
  const client = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) client.abort(new Error('The client left.'));
  });
  return client.signal;
}
