import { availableParallelism } from 'node:os';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from './env';
import { type Prisma, PrismaClient } from './generated/client';
import { inTurn } from './in-turn';
import { log } from './log';

interface Connections {
  pool?: pg.Pool;
  indexed?: pg.Pool;
  prisma?: PrismaClient;
}
const store = globalThis as { __portolanDb?: Connections };

function connections(): Connections {
  store.__portolanDb ??= {};
  return store.__portolanDb;
}

function connect(config: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({
    connectionString: env().databaseUrl,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    ...config,
  });
  // pg hangs the whole connection on its errors: the reason alone is logged.
  made.on('error', ({ message }) =>
    log().warn({ reason: message }, 'idle database connection lost'),
  );
  // A connection lost while lent out would otherwise end the process; its next query says so.
  made.on('connect', (client) => {
    client.on('error', () => undefined);
    inTurn(client);
  });
  return made;
}

/** One pool a process, shared by Prisma and by hot prepared statements. */
export function pool(): pg.Pool {
  const held = connections();
  held.pool ??= connect({ max: env().DATABASE_POOL });
  return held.pool;
}

/** So many searches work at once in a process: more would only take turns on the database's processors. */
const SEARCHES = Math.max(2, availableParallelism());
const BY_INDEX =
  'set default_transaction_read_only = on; set enable_seqscan = off; set jit = off; set plan_cache_mode = force_generic_plan';

/**
 * Connections that only read, by one plan for all values and by indexes: the planner thinks too little of what it costs to
 * read a search document.
 */
export function indexedPool(): pg.Pool {
  const held = connections();
  held.indexed ??= connect({
    max: Math.min(SEARCHES, env().DATABASE_POOL),
    onConnect: async (client) => {
      await client.query(BY_INDEX);
    },
  });
  return held.indexed;
}

/** Prisma over the shared pool. Queries outside a transaction go through here. */
export function db(): PrismaClient {
  const held = connections();
  held.prisma ??= new PrismaClient({ adapter: new PrismaPg(pool()) });
  return held.prisma;
}

/** Closes the pool; for the end of a process or of a test file. */
export async function closeDb(): Promise<void> {
  const held = connections();
  store.__portolanDb = {};
  await held.prisma?.$disconnect();
  await Promise.all([held.pool?.end(), held.indexed?.end()]);
}

export type Tx = Prisma.TransactionClient;
type Hook = (tx: Tx) => Promise<void>;
const hooks = new WeakMap<object, Hook[]>();

/** Runs `hook` as the transaction's last work (the audit writer's place: its lock is held least). */
export function beforeCommit(tx: Tx, hook: Hook): void {
  const list = hooks.get(tx);
  if (!list) throw new Error('beforeCommit needs a transaction opened by transact()');
  list.push(hook);
}

/** One database transaction: the change, its audit rows and its jobs commit together or not at all. */
export async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(
    async (tx) => {
      hooks.set(tx, []);
      const result = await work(tx);
      for (const hook of hooks.get(tx) ?? []) await hook(tx);
      return result;
    },
    { maxWait: 10_000, timeout: 30_000 },
  );
}

interface SqlFailure {
  code?: string;
  originalCode?: string;
  meta?: { code?: string; driverAdapterError?: unknown };
  cause?: unknown;
}

/** SQLSTATE of a failed statement, through Prisma's and pg's wrappers; undefined when there is none. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, originalCode, meta, cause } = error as SqlFailure;
  if (code === 'P2002') return '23505';
  if (code === 'P2003') return '23503';
  const own = [originalCode, meta?.code, code].find((value) =>
    /^(?!P2)[0-9A-Z]{5}$/.test(value ?? ''),
  );
  return own ?? sqlState(meta?.driverAdapterError) ?? sqlState(cause);
}
