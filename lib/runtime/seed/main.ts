import { flushAudit } from '@/lib/audit';
import { closeBus, closeDb, env, log } from '@/lib/core';

import { seedEssentials } from './essentials';

// The first-run seed: what every portal needs, then the demo organisation unless it is switched off.
try {
  await seedEssentials();
  if (env().PORTOLAN_DEMO) await (await import('./demo')).seedDemo();
} catch (error) {
  log().error({ err: error }, 'seed failed');
  process.stderr.write(`  ! The seed stopped: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await flushAudit();
  await closeBus();
  await closeDb();
}
process.exit();
