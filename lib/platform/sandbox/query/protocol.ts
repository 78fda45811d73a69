import type { ErrorCode } from '@/lib/core/errors';
import type { ResultColumn } from '@/lib/platform/lake/rows';
import type { SandboxLimits, WireInput } from '../protocol';

export const FILE_FORMATS = ['csv', 'json', 'parquet'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** A table that the statement reads, by its own words. */
export interface ReadTable {
  schema: string;
  table: string;
  /** The columns that the statement names, in lower case; null where it may take all of them. */
  columns: string[] | null;
  line?: number;
}

/** What the parent says: the statement, then what its tables are, then how far it wants to read. */
export type ToChild =
  | {
      kind: 'start';
      sql: string;
      limits: SandboxLimits;
      spillDir: string;
      /** Null gives pages. */
      file: { path: string; format: FileFormat; maxBytes: number } | null;
    }
  | { kind: 'inputs'; inputs: WireInput[] }
  | { kind: 'more' };

export type FromChild =
  | { kind: 'tables'; tables: ReadTable[] }
  | { kind: 'columns'; columns: ResultColumn[] }
  /** `text` is a JSON array of rows, each an array of values: nobody has to read it on the way. */
  | { kind: 'page'; text: string; rows: number }
  | { kind: 'end'; rowCount: number; cutBy: 'rows' | 'size' | null }
  | { kind: 'failed'; code: ErrorCode; message: string; line?: number; column?: number };
