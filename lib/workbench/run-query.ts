import { z } from 'zod';
import { type Ctx, HTTP_STATUS, isAppError, log } from '@/lib/core';
import { lakeRoot } from '@/lib/platform';
import { type OpenQuery, openQuery, type SandboxInput } from '@/lib/platform/sandbox';
import { downloadRefusal, type OpenTable, requireReader } from '@/lib/serving';
import { LIMITS, MAX_RUN_MS, queryGate, THREADS } from './limits';
import { QueryRun, type RunOutcome } from './query-run';
import { QueryText } from './query-text';

export const RunQueryInput = z.object({ sql: QueryText });
export type RunQueryInput = z.input<typeof RunQueryInput>;

/** What a run says of itself before its rows. */
export interface QueryHead {
  id: string;
  columns: { name: string; type: string }[];
  products: {
    address: string;
    title: string;
    snapshot: { number: number; createdAt: string };
    /** The reader's grant opens a part of its columns or rows. */
    isNarrowed: boolean;
  }[];
  /** Why the result may not be taken away as a file; null when it may. */
  downloadRefusal: string | null;
  maxRows: number;
}
/** The lines of the answer, each one JSON object. */
export type QueryLine =
  | ({ kind: 'head' } & QueryHead)
  | { kind: 'page'; rows: unknown[][] }
  | { kind: 'end'; rowCount: number; cutBy: 'rows' | 'size' | null; elapsedMs: number }
  | { kind: 'error'; code: string; detail: string; line?: number; column?: number };

/**
 * Runs one SELECT over the products that it names as `domain.product`: each is decided, and read as its own reader
 * would be served. The answer is NDJSON: a head, pages, an end. Leaving it cancels the run.
 * @throws AppError before the first row: invalid with `line` and `column`, forbidden | not_found with `refused`,
 * rate_limited, unavailable, gone
 */
export async function runQuery(
  ctx: Ctx,
  raw: RunQueryInput,
  client: AbortSignal,
): Promise<AsyncGenerator<string>> {
  requireReader(ctx);
  const { sql } = RunQueryInput.parse(raw);
  const run = await QueryRun.begin(ctx, sql, 'pages');
  const signal = AbortSignal.any([client, AbortSignal.timeout(MAX_RUN_MS)]);
  const { timeMs, rows: maxRows, memoryMb } = LIMITS;
  return ended(run, client, async () => {
    const leave = await queryGate().enter(signal);
    try {
      const query = await openQuery({
        ...{ sql, signal, lakeRoot: lakeRoot() },
        limits: { timeMs, maxRows, memoryMb, threads: THREADS },
        resolve: async (tables) => (await run.open(tables, 'query')).map(inputOf),
      });
      const over = closing(run, query, { signal, leave });
      const head = await headOf(ctx, run, query.columns).catch(async (error: unknown) => {
        await query.close();
        throw error;
      });
      return linesOf(run, query, head, { client, over });
    } catch (error) {
      leave();
      throw error;
    }
  });
}

export function inputOf({ product, files, without, narrowed }: OpenTable): SandboxInput {
  return { name: `${product.domain}.${product.name}`, files, without, narrowed };
}

/** Ends the run with the error that stopped it before anything was sent. */
export async function ended<T>(
  run: QueryRun,
  client: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await run.end({ ...failureOf(error, client), rowCount: 0, sizeBytes: 0 });
    throw error;
  }
}

type Ending = Pick<RunOutcome, 'status' | 'error'>;
const LEFT: Ending = { status: 499, error: 'cancelled' };

function failureOf(error: unknown, client: AbortSignal): Ending {
  if (client.aborted) return LEFT;
  if (isAppError(error)) return { status: HTTP_STATUS[error.code], error: error.code };
  return { status: 500, error: 'internal' };
}

async function headOf(ctx: Ctx, run: QueryRun, columns: OpenQuery['columns']): Promise<QueryHead> {
  const refusals = await Promise.all(run.products.map((product) => downloadRefusal(ctx, product)));
  return {
    id: run.id,
    columns,
    products: run.products.map(({ domain, name, title, snapshot, narrowed }) => ({
      ...{ address: `${domain}/${name}`, title, isNarrowed: narrowed !== undefined },
      snapshot: { number: snapshot!.number, createdAt: snapshot!.createdAt },
    })),
    downloadRefusal: refusals.find((one) => one !== null) ?? null,
    maxRows: LIMITS.rows,
  };
}

type Over = (outcome: RunOutcome) => Promise<void>;

/** Everything that a run holds is given back once, even where nobody ever takes a line of it. */
function closing(
  run: QueryRun,
  query: OpenQuery,
  { signal, leave }: { signal: AbortSignal; leave: () => void },
): Over {
  const over: Over = async (outcome) => {
    signal.removeEventListener('abort', onAbort);
    await query.close();
    leave();
    await run.end(outcome);
  };
  const onAbort = () => {
    over({ ...LEFT, rowCount: 0, sizeBytes: 0 }).catch((error: unknown) =>
      log().error({ err: error, queryRun: run.id }, 'the end of a query could not be noted'),
    );
  };
  signal.addEventListener('abort', onAbort, { once: true });
  signal.throwIfAborted();
  return over;
}

const line = (value: QueryLine) => `${JSON.stringify(value)}\n`;

async function* linesOf(
  run: QueryRun,
  query: OpenQuery,
  head: QueryHead,
  { client, over }: { client: AbortSignal; over: Over },
): AsyncGenerator<string> {
  // Until it is known to be better: whoever stops taking lines has left.
  let outcome: Ending = LEFT;
  let rowCount = 0;
  let sizeBytes = 0;
  const pages = query.pages();
  try {
    yield line({ kind: 'head', ...head });
    for (;;) {
      const next = await pages.next();
      if (next.done) {
        outcome = { status: 200, error: null };
        await run.end({ ...outcome, rowCount, sizeBytes });
        yield line({ kind: 'end', ...next.value, elapsedMs: Math.round(run.elapsedMs) });
        return;
      }
      const { text, rows } = next.value;
      await run.mayGoOn();
      rowCount += rows;
      sizeBytes += text.length;
      yield `{"kind":"page","rows":${text}}\n`;
    }
  } catch (error) {
    outcome = failureOf(error, client);
    yield line(errorLine(error, run.id));
  } finally {
    await over({ ...outcome, rowCount, sizeBytes });
  }
}

/** The status is sent already: the error is the last line. */
function errorLine(error: unknown, runId: string): QueryLine {
  if (!isAppError(error)) {
    log().error({ err: error, queryRun: runId }, 'a query failed');
    const detail = `Something failed on our side (query ${runId}). Run it again.`;
    return { kind: 'error', code: 'internal', detail };
  }
  const { line: at, column } = error.details;
  return {
    ...{ kind: 'error', code: error.code, detail: error.message },
    ...(typeof at === 'number' && { line: at }),
    ...(typeof column === 'number' && { column }),
  };
}
