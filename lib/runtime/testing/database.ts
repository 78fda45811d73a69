import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeBus, closeDb, setClock, setEnv } from '@/lib/core';
import { APP_ROLE } from '../postgres/roles';

export interface TestDatabase {
  /** The application role's address: what web and worker use. */
  appUrl: string;
  ownerUrl: string;
  home: string;
}

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Makes a database from the migrated template and points this process's environment at it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  // A template can be cloned by one session at a time: an advisory lock queues the files.
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(4207)');
    await client.query(`create database ${name} template portolan_template`);
  } finally {
    await client.end();
  }
  const owner = new URL(inject('adminUrl'));
  owner.pathname = `/${name}`;
  const app = new URL(owner);
  app.username = APP_ROLE;
  app.password = inject('appPassword');
  const home = await mkdtemp(path.join(os.tmpdir(), 'portolan-test-home-'));
  setEnv({
    NODE_ENV: 'test',
    PORTOLAN_APP_DATABASE_URL: app.toString(),
    PORTOLAN_OWNER_DATABASE_URL: owner.toString(),
    PORTOLAN_HOME: home,
    LOG_LEVEL: 'silent',
  });
  return { appUrl: app.toString(), ownerUrl: owner.toString(), home };
}

export async function dropTestDatabase(database: TestDatabase): Promise<void> {
  setClock(undefined);
  await closeBus();
  await closeDb();
  await admin(`drop database ${new URL(database.ownerUrl).pathname.slice(1)} with (force)`);
  await rm(database.home, { recursive: true, force: true });
}

/** For the top of a `*.db.test.ts`: a database of its own, gone when the file ends. */
export function useTestDatabase(): { readonly current: TestDatabase } {
  const held: { current?: TestDatabase } = {};
  beforeAll(async () => {
    held.current = await createTestDatabase();
  });
  afterAll(async () => {
    if (held.current) await dropTestDatabase(held.current);
  });
  return held as { readonly current: TestDatabase };
}
