import { randomBytes } from 'node:crypto';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { closeBus, closeDb, env, log, QUEUES, type QueueName, startHeartbeat } from '@/lib/core';
import type { RunDeps } from '@/lib/provisioning';
import { startMaintenance } from './maintenance';
import { registerWorkflows } from './workflows';

/** Measured: these cost an idle worker 3% of one core and the database 60 small transactions a second. */
const POLL_MS: Record<QueueName, number> = {
  provisioning: 50,
  pipelines: 200,
  quality: 500,
  maintenance: 1000,
};
const CONCURRENCY: Record<QueueName, number> = {
  provisioning: 3,
  pipelines: 2,
  quality: 1,
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
    systemDatabaseUrl: databaseUrl,
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
  const stopMaintenance = startMaintenance({ deadAfterMs: options.deadAfterMs ?? 15_000 });
  log().info({ workerId }, 'worker is ready');
  return async () => {
    stopMaintenance();
    await DBOS.shutdown({ workflowCompletionTimeoutMS: 6000 });
    await heartbeat();
    await closeBus();
    await closeDb();
  };
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
