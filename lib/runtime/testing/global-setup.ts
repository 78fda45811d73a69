import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, startEmbedded } from '../postgres/embedded';
import { prepareDatabase } from '../postgres/roles';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    appPassword: string;
  }
}

const appPassword = 'test-only-application-role';

/** One real PostgreSQL for the run, with a migrated database that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'portolan-test-pg-'));
  const server = await startEmbedded(path.join(dir, 'data'), {
    settings: { fsync: 'off', max_connections: '300', shared_buffers: '128MB' },
  });
  await ensureDatabase(server, 'portolan_template');
  await prepareDatabase(server.url('portolan_template'), appPassword);
  project.provide('adminUrl', server.url('postgres'));
  project.provide('appPassword', appPassword);
  return async () => {
    await server.stop();
    await rm(server.dataDir, { recursive: true, force: true });
    await rm(dir, { recursive: true, force: true });
  };
}
