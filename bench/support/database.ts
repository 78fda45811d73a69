import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { closeBus, closeDb, setEnv } from '@/lib/core';
import { closeLake } from '@/lib/platform/lake';
import { ensureDatabase, startEmbedded } from '@/lib/runtime/postgres/embedded';
import { prepareDatabase } from '@/lib/runtime/postgres/roles';

interface Place {
  home: string;
  appUrl: string;
  ownerUrl: string;
}

/** A migrated PostgreSQL and an empty home of their own for one benchmark; both are gone afterwards. */
export async function withDatabase(work: (place: Place) => Promise<void>): Promise<void> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'portolan-bench-'));
  await chmod(home, 0o711);
  const server = await startEmbedded(path.join(home, 'data'));
  try {
    await ensureDatabase(server, 'portolan');
    const ownerUrl = server.url('portolan');
    const { appUrl } = await prepareDatabase(ownerUrl, 'bench-only');
    setEnv({ PORTOLAN_APP_DATABASE_URL: appUrl, PORTOLAN_HOME: home, LOG_LEVEL: 'error' });
    await work({ home, appUrl, ownerUrl });
  } finally {
    await closeLake();
    await closeBus();
    await closeDb();
    await server.stop();
    await rm(server.dataDir, { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  }
}
