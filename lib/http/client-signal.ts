import type { FastifyReply } from 'fastify';
import { AppError } from '@/lib/core';

/** Aborts when the client leaves before the answer is out. */
export function clientSignal(reply: FastifyReply): AbortSignal {
  const client = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished)
      client.abort(new AppError('invalid', 'The client left before the end.'));
  });
  return client.signal;
}
