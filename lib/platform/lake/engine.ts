import { mkdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { env } from '@/lib/core/env';
import { AppError, isAppError } from '@/lib/core/errors';
import { Turns } from './turns';

export interface LakeOptions {
  /** Spill files go to `<root>/.tmp/<pid>`. */
  root: string;
  memoryMb: number;
  threads?: number;
  /** Statements running at once; the rest wait their turn. */
  maxConnections?: number;
}

interface Engine {
  instance: DuckDBInstance;
  idle: DuckDBConnection[];
  turns: Turns;
  /** Names of the data keys that this instance already knows. */
  keyNames: Set<string>;
}

const store = globalThis as { __portolanLake?: Promise<Engine> };

/**
 * Opens the process's one DuckDB; the first caller's options win. Without it the lake opens by itself from the
 * environment (`PORTOLAN_HOME`, `PORTOLAN_LAKE_MEMORY_MB`).
 */
export async function openLake(options: LakeOptions): Promise<void> {
  store.__portolanLake ??= createEngine(options);
  await store.__portolanLake;
}

/** Frees memory and threads; the next statement opens a new instance. */
export async function closeLake(): Promise<void> {
  const opened = store.__portolanLake;
  store.__portolanLake = undefined;
  const engine = await opened;
  if (!engine) return;
  for (const connection of engine.idle) connection.closeSync();
  engine.instance.closeSync();
}

async function createEngine(options: LakeOptions): Promise<Engine> {
  const temp = path.join(options.root || tmpdir(), '.tmp', String(process.pid));
  mkdirSync(temp, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? Math.min(availableParallelism(), 8)),
    memory_limit: `${options.memoryMb}MB`,
    temp_directory: temp,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const first = await instance.connect();
  // Without httpfs DuckDB has only mbedtls to write with; a fresh key per file makes its nonces safe.
  await first.run('SET force_mbedtls_unsafe = true');
  await first.run("SET TimeZone = 'UTC'");
  return {
    instance,
    idle: [first],
    turns: new Turns(options.maxConnections ?? 16),
    keyNames: new Set(),
  };
}

function engine(): Promise<Engine> {
  store.__portolanLake ??= createEngine({
    root: path.join(env().home, 'lake'),
    memoryMb: env().PORTOLAN_LAKE_MEMORY_MB,
  });
  return store.__portolanLake;
}

/** Names of keys that DuckDB holds, so that a key is handed over once only. */
export async function knownKeyNames(): Promise<Set<string>> {
  return (await engine()).keyNames;
}

export interface Lease {
  connection: DuckDBConnection;
  /** Gives the connection back; safe to call twice. */
  release(): void;
}

/**
 * A connection from the pool. Aborting the signal interrupts what runs on it.
 * @throws the signal's reason when it is aborted before a connection is free.
 */
export async function leaseConnection(signal?: AbortSignal): Promise<Lease> {
  const opened = await engine();
  await opened.turns.take(signal);
  try {
    const connection = opened.idle.pop() ?? (await opened.instance.connect());
    let repeat: NodeJS.Timeout | undefined;
    const interrupt = () => {
      connection.interrupt();
      // An interrupt between two statements is lost, so it is repeated until the lease ends.
      repeat = setInterval(() => connection.interrupt(), 20);
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    let released = false;
    return {
      connection,
      release() {
        if (released) return;
        released = true;
        clearInterval(repeat);
        signal?.removeEventListener('abort', interrupt);
        // An interrupted connection may still hold a half-read result: it is closed, not reused.
        if (signal?.aborted) connection.closeSync();
        else opened.idle.push(connection);
        opened.turns.give();
      },
    };
  } catch (error) {
    opened.turns.give();
    throw error;
  }
}

/** Runs `work` on a pooled connection and gives it back whatever happens. */
export async function withConnection<T>(
  work: (connection: DuckDBConnection) => Promise<T>,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const lease = await leaseConnection(options.signal);
  try {
    return await work(lease.connection);
  } catch (error) {
    throw abortReason(error, options.signal);
  } finally {
    lease.release();
  }
}

/** The abort's reason instead of DuckDB's "Interrupted"; memory and disk limits in words; else the error itself. */
export function abortReason(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (isAppError(error) || !(error instanceof Error)) return error;
  if (/^Out of Memory Error/.test(error.message)) {
    return new AppError(
      'unavailable',
      'The query needs more memory than the lake may use. Select fewer columns or rows, or raise PORTOLAN_LAKE_MEMORY_MB.',
    );
  }
  return error;
}
