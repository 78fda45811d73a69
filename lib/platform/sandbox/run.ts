import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { ResultColumn } from '@/lib/platform/lake/rows';
import type { LakeFile, ReadLimits } from '@/lib/platform/lake/scan';
import {
  type SnapshotTarget,
  storeSnapshot,
  type WrittenSnapshot,
} from '@/lib/platform/lake/snapshot';
import { Turns } from '@/lib/platform/lake/turns';
import type { Json } from '@/lib/platform/lake/values';
import type { SchemaField } from '@/lib/specs/field-types';
import { watchMemory } from './memory';
import type {
  SandboxAnswer,
  SandboxLimits,
  SandboxReply,
  SandboxRequest,
  WireInput,
} from './protocol';

export interface SandboxInput extends ReadLimits {
  /** The name under which the SQL reads it. */
  name: string;
  files: readonly LakeFile[];
  /** Instead of files: what the rows would have. */
  columns?: readonly SchemaField[];
}

export interface SandboxedSql {
  sql: string;
  inputs: readonly SandboxInput[];
  limits?: Partial<SandboxLimits>;
  signal?: AbortSignal | undefined;
}

export interface SqlPreview {
  columns: ResultColumn[];
  rows: Json[][];
  isTruncated: boolean;
  inputs: string[];
}

const DEFAULT_LIMITS: SandboxLimits = { memoryMb: 512, threads: 1, timeMs: 15_000, maxRows: 100 };
const BATCH_LIMITS: SandboxLimits = { memoryMb: 1024, threads: 2, timeMs: 900_000, maxRows: 0 };
/** What Node and DuckDB themselves take beside the memory that a query may use. */
export const PROCESS_MB = 512;
const MAX_SQL_CHARS = 200_000;
const store = globalThis as { __portolanSandboxes?: Turns };

/** The first rows of a SELECT over the inputs. @throws AppError invalid with DuckDB's words and `details.line` */
export async function previewSql(work: SandboxedSql): Promise<SqlPreview> {
  return withSpillDir(tmpdir(), async (spillDir) => {
    const task = { kind: 'preview' as const, spillDir };
    const { columns, rows, isTruncated, inputs } = await perform(work, DEFAULT_LIMITS, task);
    return { columns, rows, isTruncated, inputs };
  });
}

/** DuckDB's syntax tree of a SELECT over columns alone, the columns that it gives, and which functions aggregate. */
export async function parseSql(work: {
  sql: string;
  inputs: readonly { name: string; columns: readonly SchemaField[] }[];
}): Promise<{ tree: unknown; columns: string[]; aggregates: string[] }> {
  const inputs = work.inputs.map(({ name, columns }) => ({ name, columns, files: [] }));
  const { columns, parsed } = await perform({ sql: work.sql, inputs }, DEFAULT_LIMITS, {
    kind: 'parse',
  });
  return {
    tree: parsed?.tree,
    columns: columns.map(({ name }) => name),
    aggregates: parsed?.aggregates ?? [],
  };
}

/** The columns a SELECT gives and the inputs it really reads, without running it. */
export async function describeSql(
  work: SandboxedSql,
): Promise<{ columns: ResultColumn[]; inputs: string[] }> {
  const { columns, inputs } = await perform(work, DEFAULT_LIMITS, { kind: 'describe' });
  return { columns, inputs };
}

/** Runs a SELECT over the inputs into a new snapshot. Leaves nothing behind when it fails. */
export async function runSqlToSnapshot(
  work: SandboxedSql,
  target: SnapshotTarget,
): Promise<WrittenSnapshot & { inputs: string[] }> {
  let inputs: string[] = [];
  return withSpillDir(path.join(target.paths.root, '.tmp'), async (spillDir) => {
    const written = await storeSnapshot(target, work.signal, async (file, key) => {
      const answer = await perform(work, BATCH_LIMITS, {
        kind: 'parquet',
        file: { path: file, key: key?.toString('base64') ?? null },
        spillDir,
        schema: target.schema ? [...target.schema] : null,
        rowGroupSize: target.rowGroupSize ?? null,
      });
      inputs = answer.inputs;
      return answer;
    });
    return { ...written, inputs };
  });
}

async function withSpillDir<T>(root: string, work: (dir: string) => Promise<T>): Promise<T> {
  const dir = path.join(root, newId());
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function perform(
  { sql, inputs, limits, signal }: SandboxedSql,
  defaults: SandboxLimits,
  task: SandboxRequest['task'],
): Promise<SandboxAnswer> {
  if (sql.length > MAX_SQL_CHARS) {
    throw new AppError(
      'invalid',
      `The SQL has ${sql.length} characters. Use at most ${MAX_SQL_CHARS}.`,
    );
  }
  const request: SandboxRequest = {
    sql,
    inputs: inputs.map(wireInput),
    limits: { ...defaults, ...limits },
    task,
  };
  store.__portolanSandboxes ??= new Turns(4);
  const turns = store.__portolanSandboxes;
  await turns.take(signal);
  try {
    return await ask(request, signal);
  } finally {
    turns.give();
  }
}

/** An input as it goes to the process that reads it: keys as text, nothing else of what the caller knows. */
export function wireInput({
  name,
  files,
  columns,
  without = null,
  narrowed = null,
}: SandboxInput): WireInput {
  return {
    name,
    without,
    narrowed: narrowed && { select: narrowed.select, where: narrowed.where },
    columns: columns ? [...columns] : null,
    files: files.map((file) => ({ path: file.path, key: file.key?.toString('base64') ?? null })),
  };
}

function ask(request: SandboxRequest, signal?: AbortSignal): Promise<SandboxAnswer> {
  return new Promise((resolve, reject) => {
    const child = startChild();
    let failure: unknown = null;
    let reply: SandboxReply | null = null;
    let noise = '';
    const stop = (reason: unknown) => {
      failure ??= reason;
      child.kill('SIGKILL');
    };
    const onAbort = () => stop(signal?.reason);
    const timer = setTimeout(() => stop(tooSlow(request.limits.timeMs)), request.limits.timeMs);
    const { memoryMb } = request.limits;
    const unwatch = watchMemory(child.pid ?? 0, memoryMb + PROCESS_MB, () =>
      stop(tooLarge(memoryMb)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stderr?.on('data', (piece: Buffer) => {
      noise = (noise + piece.toString()).slice(-2000);
    });
    child.once('message', (message) => {
      reply = message as SandboxReply;
    });
    child.once('error', (error) => stop(error));
    child.once('close', (code, killed) => {
      clearTimeout(timer);
      unwatch();
      signal?.removeEventListener('abort', onAbort);
      if (reply?.ok) resolve(reply.answer);
      else if (reply) reject(errorOf(reply));
      else reject(failure ?? died(code, killed, noise));
    });
    child.send(request, (error) => error && stop(error));
  });
}

/** A bare environment: nothing of the portal's secrets is in the process that runs somebody's SQL. */
export function startChild(file = 'child.ts'): ChildProcess {
  const beside = path.join(import.meta.dirname ?? '', file);
  const root = process.cwd();
  const entry = existsSync(beside)
    ? beside
    : path.join(/* turbopackIgnore: true */ root, 'lib/platform/sandbox', file);
  return fork(entry, [], {
    execPath: process.execPath,
    execArgv: ['--import', 'tsx', '--max-old-space-size=512'],
    env: { NODE_ENV: 'production', TZ: 'UTC', HOME: '/nonexistent' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

export function tooSlow(timeMs: number): AppError {
  return new AppError(
    'invalid',
    `The query ran longer than ${Math.round(timeMs / 100) / 10} s and was stopped. Filter earlier, join on keys, or read less.`,
  );
}

export function tooLarge(memoryMb: number): AppError {
  return new AppError(
    'invalid',
    `The query needs more than the ${memoryMb} MB it may use. Aggregate or filter earlier, or select fewer columns.`,
  );
}

export function died(code: number | null, killed: string | null, noise: string): AppError {
  return new AppError(
    'unavailable',
    `The query's process ended without an answer (${killed ?? `exit code ${code}`}), most likely for want of memory. Read less, or try again.`,
    { noise },
  );
}

function errorOf(reply: Extract<SandboxReply, { ok: false }>): AppError {
  return new AppError(reply.code, reply.message, reply.line ? { line: reply.line } : {});
}
