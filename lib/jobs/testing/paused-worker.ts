import { startWorker } from '../worker';

/**
 * A real worker for kill tests: `paused-worker.ts <instant> <deadAfterMs>`. Where the run reaches the
 * named instant it says so and stands still until it is killed. Without a name it just works.
 */
const [instant = '', deadAfterMs = '15000'] = process.argv.slice(2);

async function checkpoint(name: string): Promise<void> {
  if (name !== instant) return;
  process.send?.({ type: 'paused', name });
  await new Promise(() => {});
}

const stop = await startWorker({ deps: { checkpoint }, deadAfterMs: Number(deadAfterMs) });
process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready' });
