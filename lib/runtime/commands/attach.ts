import { access } from 'node:fs/promises';
import path from 'node:path';
import { env, setEnv } from '@/lib/core';
import { startEmbedded } from '../postgres/embedded';
import { readState } from '../supervisor/home';

/** Ends a command with one sentence on standard error. */
export function fail(message: string): never {
  process.stderr.write(`portolan: ${message}\n`);
  process.exit(1);
}

/**
 * Points this process at the portal's database: the one of the running portal in PORTOLAN_HOME,
 * or DATABASE_URL, or the embedded server started for the length of the command.
 * @returns what to call at the end
 */
export async function attach(): Promise<() => Promise<void>> {
  const { home, DATABASE_URL } = env();
  const state = await readState(home);
  if (state) {
    setEnv({ PORTOLAN_APP_DATABASE_URL: state.appUrl, PORTOLAN_AUTH_SECRET: state.authSecret });
    return async () => {};
  }
  if (DATABASE_URL) return async () => {};
  const hasPortal = await access(path.join(home, 'postgres.password')).then(
    () => true,
    () => false,
  );
  if (!hasPortal) {
    fail(`There is no portal in ${home}. Start it first (npm start), or set PORTOLAN_HOME.`);
  }
  const server = await startEmbedded(path.join(home, 'postgres'));
  setEnv({ PORTOLAN_APP_DATABASE_URL: server.url('portolan') });
  return () => server.stop();
}
