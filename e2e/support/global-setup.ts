import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startMails } from './mails';
import { startPortal, untilReady } from './portal';

/** One demo portal for the whole run; its address is in the environment of every test worker. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.PORTOLAN_E2E_URL) return async () => {};
  const mails = await startMails();
  const portal = await startPortal({ PORTOLAN_SMTP_URL: mails.url });
  await untilReady(portal);
  process.env.PORTOLAN_E2E_URL = portal.url;
  process.env.PORTOLAN_E2E_HOME = portal.home;
  process.env.PORTOLAN_E2E_MAILS = mails.folder;
  const log = path.resolve(import.meta.dirname, '../../test-results/portal.log');
  return async () => {
    await writeFile(log, portal.output());
    await portal.stop();
    await mails.stop();
  };
}
