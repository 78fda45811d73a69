import { createHash, createHmac } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { env } from '@/lib/core';
import { secretFile } from '../postgres/embedded';
import { prepareDatabase } from '../postgres/roles';
import { type Child, keepRunning } from './child';
import { type Database, openDatabase } from './database';
import { prepareHome, readState, requireFreePort, stateFile, writeState } from './home';
import { restartOnChange } from './restart-on-change';
import { elapsed, say, step } from './say';
import { seedDemo } from './seed';

const running: { database?: Database; children: Child[]; home?: string } = { children: [] };
let isStopping = false;

async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await Promise.all(running.children.map((child) => child.stop()));
  await running.database?.stop();
  if (running.home) await rm(stateFile(running.home), { force: true });
  process.exit(code);
}

async function start(): Promise<void> {
  const config = env();
  const { home, PORT, HOST } = config;
  await prepareHome(home);
  const other = await readState(home);
  if (other) {
    throw new Error(
      `A portal already runs in ${home} on port ${other.port}. Stop it, or start a second one with PORTOLAN_HOME and PORT set.`,
    );
  }
  await requireFreePort(HOST, PORT);
  const database = await step('PostgreSQL is up', () => openDatabase(home, config.DATABASE_URL));
  running.database = database;
  if (isStopping) return database.stop();
  // Every host of one organisation works out the same password from the owner's.
  const appPassword = createHmac('sha256', database.ownerUrl).update('portolan_app').digest('hex');
  const { appUrl } = await step('Database migrated', () =>
    prepareDatabase(database.ownerUrl, appPassword),
  );
  const authSecret =
    config.PORTOLAN_AUTH_SECRET ?? (await secretFile(path.join(home, 'auth-secret')));
  await writeState(home, {
    pid: process.pid,
    port: PORT,
    ownerUrl: database.ownerUrl,
    appUrl,
    authSecret,
  });
  running.home = home;
  const url = config.PORTOLAN_URL ?? `http://localhost:${PORT}`;
  const shared = {
    PORTOLAN_APP_DATABASE_URL: appUrl,
    PORTOLAN_OWNER_DATABASE_URL: '',
    DATABASE_URL: '',
    PORTOLAN_AUTH_SECRET: authSecret,
    PORTOLAN_HOME: home,
    PORTOLAN_URL: url,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: authSecret,
    PORT: String(PORT),
    // DuckDB, argon2 and files share these threads; four would queue.
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
  if (isStopping) return;
  const web = keepRunning('web', 'lib/http/main.ts', shared);
  // The same name at every start: what a worker that died had begun, the next one takes up at once.
  const workerId = createHash('sha256').update(`${hostname()}:${home}`).digest('hex').slice(0, 12);
  const worker = keepRunning('worker', 'lib/jobs/main.ts', {
    ...shared,
    PORTOLAN_WORKER_ID: config.PORTOLAN_WORKER_ID ?? `worker-${workerId}`,
  });
  running.children.push(web, worker);
  await step('Web and worker are up', () => Promise.all([web.ready, worker.ready]));
  await seedDemo(shared);
  if (config.NODE_ENV === 'development') restartOnChange(running.children);
  say(`\n  Portolan is ready: ${url}   (${elapsed()})`);
  say('  Ctrl-C stops it.\n');
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
process.on('SIGHUP', () => void stop(0));
// The command that started us is gone without a word.
process.on('disconnect', () => void stop(0));

try {
  await start();
} catch (error) {
  process.stderr.write(`\nportolan: ${(error as Error).message}\n`);
  await stop(1);
}
