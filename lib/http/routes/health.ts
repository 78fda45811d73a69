import type { FastifyInstance } from 'fastify';
import { livingProcesses, log } from '@/lib/core';

interface Health {
  status: 'ok' | 'failing';
  web: string;
  worker: string;
  database: string;
}

async function health(): Promise<Health> {
  try {
    const living = await livingProcesses();
    const hasWorker = living.has('worker');
    const worker = hasWorker ? 'ok' : 'no worker has reported within 15 s';
    return { status: hasWorker ? 'ok' : 'failing', web: 'ok', worker, database: 'ok' };
  } catch (error) {
    log().warn({ err: error }, 'health check: database');
    const database = 'the database does not answer';
    return { status: 'failing', web: 'ok', worker: 'unknown', database };
  }
}

/** For load balancers and supervisors: 200 when web, worker and database work, 503 otherwise. */
export async function healthRoutes(app: FastifyInstance): Promise<void> {
  app.get('/healthz', async (_request, reply) => {
    const result = await health();
    return reply
      .code(result.status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(result));
  });
}
