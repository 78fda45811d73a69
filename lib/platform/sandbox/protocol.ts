import type { ErrorCode } from '@/lib/core/errors';
import type { ResultColumn } from '@/lib/platform/lake/rows';
import type { ReadLimits } from '@/lib/platform/lake/scan';
import type { Json } from '@/lib/platform/lake/values';
import type { SchemaField } from '@/lib/specs/field-types';

export interface SandboxLimits {
  memoryMb: number;
  threads: number;
  timeMs: number;
  maxRows: number;
}

/** Files with their keys as base64; travels over the IPC channel only. */
export interface WireFile {
  path: string;
  key: string | null;
}

export type SandboxTask =
  | { kind: 'describe' }
  | { kind: 'preview'; spillDir: string }
  | { kind: 'parse' }
  | {
      kind: 'parquet';
      file: WireFile;
      spillDir: string;
      schema: SchemaField[] | null;
      rowGroupSize: number | null;
    };

export interface WireInput extends ReadLimits {
  /** With a dot it is a table of a schema. */
  name: string;
  files: WireFile[];
  /** Instead of files: what the rows would have. */
  columns?: SchemaField[] | null;
}

export interface SandboxRequest {
  sql: string;
  inputs: WireInput[];
  limits: SandboxLimits;
  task: SandboxTask;
}

export interface SandboxAnswer {
  columns: ResultColumn[];
  /** The inputs that the statement reads. */
  inputs: string[];
  rows: Json[][];
  /** More rows exist than were asked for. */
  isTruncated: boolean;
  rowCount: number;
  sizeBytes: number;
  parsed?: { tree: unknown; aggregates: string[] };
}

export type SandboxReply =
  | { ok: true; answer: SandboxAnswer }
  | { ok: false; code: ErrorCode; message: string; line?: number };
