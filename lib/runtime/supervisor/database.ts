import path from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, ensureDatabase, startEmbedded } from '../postgres/embedded';
import { say } from './say';

export interface Database {
  ownerUrl: string;
  stop(): Promise<void>;
}

const SETTINGS = {
  max_connections: '120',
  shared_buffers: '128MB',
  // A portal on one machine: a commit still survives a crash of PostgreSQL or of the machine.
  wal_compression: 'on',
  log_min_messages: 'warning',
};

/**
 * The embedded PostgreSQL, kept running: when the server dies it is started again on the same
 * port, so that every connection string stays true.
 */
async function embedded(home: string): Promise<Database> {
  const dir = path.join(home, 'postgres');
  let isStopping = false;
  let server: EmbeddedServer = await startEmbedded(dir, { settings: SETTINGS });
  const heal = async () => {
    for (let attempt = 1; !isStopping; attempt++) {
      await server.ended;
      if (isStopping) return;
      say('  ! PostgreSQL ended; starting it again');
      try {
        server = await startEmbedded(dir, { port: server.port, settings: SETTINGS });
        attempt = 0;
      } catch (error) {
        say(`  ! ${(error as Error).message}`);
        // The dead server's sessions may still hold its shared memory for a moment.
        await new Promise((resolve) => setTimeout(resolve, Math.min(5000, 300 * attempt)));
      }
    }
  };
  await ensureDatabase(server, 'portolan');
  void heal();
  return {
    ownerUrl: server.url('portolan'),
    stop: async () => {
      isStopping = true;
      await server.stop();
    },
  };
}

/** @throws Error in one sentence, without the password, when the database does not answer. */
async function external(url: string): Promise<Database> {
  let where: string;
  try {
    const parsed = new URL(url);
    where = `${parsed.hostname}:${parsed.port || 5432}${parsed.pathname}`;
  } catch {
    throw new Error(
      'DATABASE_URL is not an address like postgresql://user:password@host:5432/database.',
    );
  }
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ v: number }>(
      "select current_setting('server_version_num')::int as v",
    );
    if ((rows[0]?.v ?? 0) < 140_000) {
      throw new Error(
        `it is version ${Math.floor((rows[0]?.v ?? 0) / 10_000)}, and 14 or newer is needed`,
      );
    }
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new Error(
      `The database of DATABASE_URL (${where}) cannot be used: ${message || code}. Check the address, or unset DATABASE_URL to use the embedded PostgreSQL.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
  return { ownerUrl: url, stop: async () => {} };
}

export function openDatabase(home: string, url: string | undefined): Promise<Database> {
  return url ? external(url) : embedded(home);
}
