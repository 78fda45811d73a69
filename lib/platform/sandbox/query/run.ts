import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { ResultColumn } from '@/lib/platform/lake/rows';
import type { SandboxLimits } from '../protocol';
import { type SandboxInput, wireInput } from '../run';
import type { FileFormat, FromChild, ReadTable } from './protocol';
import { Talk } from './talk';

interface QueryWork {
  sql: string;
  limits: SandboxLimits;
  /** Where the lake's spill files go. */
  lakeRoot: string;
  signal: AbortSignal;
  /** What the statement's tables are; throws for one that may not be read. Nothing ran before. */
  resolve: (tables: readonly ReadTable[]) => Promise<readonly SandboxInput[]>;
}
export interface QueryEnd {
  rowCount: number;
  /** Why rows are missing; null for the whole result. */
  cutBy: 'rows' | 'size' | null;
}
export interface OpenQuery {
  columns: ResultColumn[];
  /** JSON arrays of rows, one after the other as they are taken; returns how it ended. Leaving it ends the query. */
  pages(): AsyncGenerator<{ text: string; rows: number }, QueryEnd>;
  /** Ends the query, whether its rows were taken or not; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Runs one SELECT over tables that are looked up by what it says, in a process of its own, and hands the rows out
 * by pages. The process is killed when the signal aborts and when it takes more time or memory than it may.
 * @throws AppError invalid with DuckDB's words, `line` and `column`; whatever `resolve` throws
 */
export async function openQuery(work: QueryWork): Promise<OpenQuery> {
  const begun = await begin(work, null);
  const { talk, end } = begun;
  try {
    const { columns } = expect(await talk.hear(), 'columns');
    return {
      columns,
      close: end,
      async *pages() {
        try {
          for (;;) {
            talk.say({ kind: 'more' });
            const message = await talk.hear();
            if (message.kind === 'end') return { rowCount: message.rowCount, cutBy: message.cutBy };
            const { text, rows } = expect(message, 'page');
            yield { text, rows };
          }
        } finally {
          await end();
        }
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * The same as one whole file, made before its first byte is sent. The file has no name any more when it is returned.
 * @throws AppError too_large
 */
export async function queryToFile(
  work: QueryWork,
  { format, maxBytes }: { format: FileFormat; maxBytes: number },
): Promise<{ stream: Readable; sizeBytes: number; rowCount: number }> {
  const { talk, end, file } = await begin(work, { format, maxBytes });
  try {
    const { rowCount } = expect(await talk.hear(), 'end');
    const handle = await open(file, 'r');
    const { size } = await handle.stat();
    return { rowCount, sizeBytes: size, stream: handle.createReadStream() };
  } finally {
    await end();
  }
}

/** What a statement would read, without reading it. @throws AppError invalid as `openQuery` */
export async function readTables(
  sql: string,
  limits: SandboxLimits,
  signal: AbortSignal,
): Promise<ReadTable[]> {
  const talk = new Talk(limits, signal);
  try {
    talk.say({ kind: 'start', sql, limits, spillDir: '', file: null });
    return expect(await talk.hear(), 'tables').tables;
  } finally {
    await talk.end();
  }
}

async function begin(work: QueryWork, wanted: { format: FileFormat; maxBytes: number } | null) {
  const { sql, limits, signal } = work;
  const spillDir = path.join(work.lakeRoot, '.tmp', newId());
  await mkdir(spillDir, { recursive: true, mode: 0o700 });
  const file = path.join(spillDir, 'result');
  const talk = new Talk(limits, signal);
  const end = async () => {
    await talk.end();
    await rm(spillDir, { recursive: true, force: true });
  };
  try {
    talk.say({ kind: 'start', sql, limits, spillDir, file: wanted && { path: file, ...wanted } });
    const { tables } = expect(await talk.hear(), 'tables');
    const inputs = await work.resolve(tables);
    talk.say({ kind: 'inputs', inputs: inputs.map(wireInput) });
    return { talk, end, file };
  } catch (error) {
    await end();
    throw error;
  }
}

function expect<K extends FromChild['kind']>(
  message: FromChild,
  kind: K,
): Extract<FromChild, { kind: K }> {
  if (message.kind === kind) return message as Extract<FromChild, { kind: K }>;
  throw new AppError('unavailable', 'The query’s process answered out of turn. Run it again.');
}
