import { log } from '@/lib/core';
import { startWorker } from './worker';

/** The worker's entry: `node --import tsx lib/jobs/main.ts`. */
async function main(): Promise<void> {
  let isStopping = false;
  let stop: (() => Promise<void>) | undefined;
  const leave = async () => {
    if (isStopping) return;
    isStopping = true;
    // A step that does not end in time is taken up again by the next worker.
    setTimeout(() => process.exit(0), 9000).unref();
    await stop?.();
    process.exit(0);
  };
  process.on('SIGTERM', () => void leave());
  process.on('SIGINT', () => void leave());
  process.on('disconnect', () => void leave());
  stop = await startWorker();
  process.send?.({ type: 'ready' });
}

main().catch((error: unknown) => {
  log().fatal({ err: error }, 'the worker could not start');
  process.exit(1);
});
