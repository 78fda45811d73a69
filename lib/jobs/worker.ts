import { randomBytes } from 'node:crypto';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { flushAudit, sealCheckpoint } from '@/lib/audit';
import { closeBus, closeDb, env, log, QUEUES, type QueueName, startHeartbeat } from '@/lib/core';
import type { RunDeps } from '@/lib/provisioning';
import { startMaintenance } from './maintenance';
import { registerWorkflows } from './workflows';

/** Measured: these cost an idle worker 3% of one core and the database 60 small transactions a second. */
const POLL_MS: Record<QueueName, number> = {
  provisioning: 50,
  access: 200,
  pipelines: 200,
  quality: 500,
  compliance: 500,
  // Each change is a dozen short jobs, and a queue begins as many a round as may run at once.
  monitor: 100,
  insight: 500,
  maintenance: 1000,
};
const CONCURRENCY: Record<QueueName, number> = {
  provisioning: 3,
  access: 2,
  pipelines: 2,
  quality: 1,
  compliance: 1,
  monitor: 1,
  insight: 1,
  maintenance: 1,
};

export interface WorkerOptions {
  /** Tests name instants here. */
  deps?: Partial<RunDeps>;
  /** How long a worker may be silent before another takes its runs. */
  deadAfterMs?: number;
}

/** Starts durable execution in this process. @returns the way to stop it cleanly */
export async function startWorker(options: WorkerOptions = {}): Promise<() => Promise<void>> {
  const { databaseUrl, PORTOLAN_WORKER_ID, PORTOLAN_APP_VERSION } = env();
  const workerId = PORTOLAN_WORKER_ID ?? `worker-${randomBytes(6).toString('hex')}`;
  DBOS.setConfig({
    name: 'portolan',
    systemDatabaseUrl: withIdleLimit(databaseUrl),
    systemDatabaseSchemaName: 'dbos',
    systemDatabasePoolSize: 6,
    runMigrations: false,
    applicationVersion: PORTOLAN_APP_VERSION,
    executorID: workerId,
    logger: dbosLogger(),
  });
  registerWorkflows(options.deps ?? {});
  const heartbeat = await startHeartbeat('worker', workerId);
  await DBOS.launch();
  for (const queue of QUEUES) {
    await DBOS.registerQueue(queue, {
      workerConcurrency: CONCURRENCY[queue],
      minPollingIntervalMs: POLL_MS[queue],
      onConflict: 'always_update',
    });
  }
  const stopMaintenance = startMaintenance({
    deadAfterMs: options.deadAfterMs ?? 15_000,
    checkpoint: options.deps?.checkpoint,
  });
  log().info({ workerId }, 'worker is ready');
  return async () => {
    stopMaintenance();
    await DBOS.shutdown({ workflowCompletionTimeoutMS: 6000 });
    await flushAudit();
    await sealCheckpoint().catch((error: unknown) =>
      log().warn({ err: error }, 'the audit was not sealed at the end'),
    );
    await heartbeat();
    await closeBus();
    await closeDb();
  };
}

/**
 * DBOS sets this limit by a statement of its own on each new connection, beside the first one that is
 * waiting there, which pg warns about; in the address it is part of the connection from the start.
 */
function withIdleLimit(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const given = url.searchParams.get('options');
  const limit = '-c idle_in_transaction_session_timeout=60000';
  url.searchParams.set('options', given ? `${given} ${limit}` : limit);
  return url.toString();
}

/** DBOS's own log through ours; its routine remarks only when debugging. */
function dbosLogger() {
  const words = (entry: unknown) => (typeof entry === 'string' ? entry : JSON.stringify(entry));
  return {
    info: (entry: unknown) => log().debug(words(entry)),
    debug: (entry: unknown) => log().trace(words(entry)),
    warn: (entry: unknown) => log().warn(words(entry)),
    error: (entry: unknown, metadata?: { error?: unknown }) =>
      log().error({ err: metadata?.error }, words(entry)),
  };
}
