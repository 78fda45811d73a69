import type { FastifyReply } from 'fastify';

/** Sends a text as a file of that name. */
export const csvFile = (reply: FastifyReply, name: string, text: string) =>
  reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(text);
