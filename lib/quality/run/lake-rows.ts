import { type LakeFile, queryRows, scanSql } from '@/lib/platform/lake';
import { previewSql } from '@/lib/platform/sandbox';
import type { Rows } from './measure';

export interface LakeRowsInput {
  files: readonly LakeFile[];
  /** Files of other products that rules read, by address. */
  sources: ReadonlyMap<string, readonly LakeFile[]>;
  /** What the SELECT of a rule reads beside `data`: name → address; its own rows under further names. */
  inputsOf(at: number): { inputs: Record<string, string>; names: readonly string[] };
  signal?: AbortSignal;
}

const SQL_LIMITS = { timeMs: 120_000, maxRows: 1, memoryMb: 1024 };

/** Rows that lie in files of the lake; somebody's SQL reads them in the sandbox alone. */
export function lakeRows({ files, sources, inputsOf, signal }: LakeRowsInput): Rows {
  const all = [...files, ...[...sources.values()].flat()];
  return {
    read: (statement) => queryRows(statement(scanSql(files)), [], { files: all, signal }),
    sandbox: async (sql, at) => {
      const { inputs, names } = inputsOf(at);
      const own = ['data', ...names.filter((name) => name !== 'data' && !inputs[name])];
      const { rows } = await previewSql({
        sql,
        inputs: [
          ...own.map((name) => ({ name, files })),
          ...Object.entries(inputs).map(([name, address]) => ({
            name,
            files: sources.get(address) ?? [],
          })),
        ],
        limits: SQL_LIMITS,
        signal,
      });
      return rows[0] ?? null;
    },
  };
}
