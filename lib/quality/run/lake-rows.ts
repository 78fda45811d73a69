import { AppError, isAppError } from '@/lib/core';
import type { ReadableSnapshot } from '@/lib/platform';
import { type LakeFile, queryRows, scanSql } from '@/lib/platform/lake';
import { describeSql, previewSql } from '@/lib/platform/sandbox';
import type { Rows } from './measure';

export interface LakeRowsInput {
  files: readonly LakeFile[];
  /** True for rows that a rule's SELECT must not meet. */
  without?: string | null;
  /** The rows of other products that rules read, by address. */
  sources: ReadonlyMap<string, ReadableSnapshot>;
  /** What the SELECT of a rule reads beside `data`: name → address; its own rows under further names. */
  inputsOf(at: number): { inputs: Record<string, string>; names: readonly string[] };
  signal?: AbortSignal;
  /** The engine reads every statement, over one of the rows. */
  isTrial?: boolean;
  /** How long the SELECTs of all rules may take together. */
  sqlRunMs?: number;
}

const SQL_LIMITS = { timeMs: 120_000, maxRows: 1, memoryMb: 1024 };
/** So that no product keeps the others waiting. */
const SQL_RUN_MS = 300_000;
const OVER =
  'The SQL rules before this one took all the time that a run has for them. Make them read less.';

/** DuckDB's words may hold a value of another product, which the readers of this one need not be allowed to read. */
const UNTOLD =
  'The SELECT failed over the rows of the other products that it reads. Run it in the workbench to see why.';

/** Rows that lie in files of the lake; somebody's SQL reads them in the sandbox alone. */
export function lakeRows(input: LakeRowsInput): Rows {
  const { files, without, sources, inputsOf, signal, isTrial, sqlRunMs = SQL_RUN_MS } = input;
  const all = [...files, ...[...sources.values()].flatMap((source) => source.files)];
  const scan = () => (isTrial ? `(select * from ${scanSql(files)} limit 1)` : scanSql(files));
  let leftMs = sqlRunMs;
  return {
    read: (statement) => queryRows(statement(scan()), [], { files: all, signal }),
    sandbox: async (sql, at) => {
      const { inputs, names } = inputsOf(at);
      const own = ['data', ...names.filter((name) => name !== 'data' && !inputs[name])];
      const work = {
        sql,
        inputs: [
          ...own.map((name) => ({ name, files, without })),
          ...Object.entries(inputs).map(([name, address]) => ({
            ...{ name, files: [] },
            ...sources.get(address),
          })),
        ],
        signal,
      };
      if (isTrial) {
        await describeSql(work);
        return null;
      }
      if (leftMs <= 0) throw new AppError('invalid', OVER);
      const begun = performance.now();
      try {
        const timeMs = Math.min(SQL_LIMITS.timeMs, leftMs);
        const { rows } = await previewSql({ ...work, limits: { ...SQL_LIMITS, timeMs } });
        return rows[0] ?? null;
      } catch (error) {
        const isTold = !isAppError(error) || Object.keys(inputs).length === 0;
        throw isTold ? error : new AppError(error.code, UNTOLD);
      } finally {
        leftMs -= performance.now() - begun;
      }
    },
  };
}
