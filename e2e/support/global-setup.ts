import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startPortal, untilReady } from './portal';

/** One demo portal for the whole run; its address is in the environment of every test worker. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.PORTOLAN_E2E_URL) return async () => {};
  const portal = await startPortal();
  await untilReady(portal);
  process.env.PORTOLAN_E2E_URL = portal.url;
  process.env.PORTOLAN_E2E_HOME = portal.home;
  const log = path.resolve(import.meta.dirname, '../../test-results/portal.log');
  return async () => {
    await writeFile(log, portal.output());
    await portal.stop();
  };
}
