export interface AuditBreak {
  /** The chain, or null when a checkpoint itself is broken. */
  chain: number | null;
  /** Number of the first row that is not as it was written. */
  seq: string;
  problem: 'altered' | 'missing' | 'reordered' | 'truncated' | 'rewritten' | 'forged';
  message: string;
}
export type AuditReport = { rows: number; chains: number; checkpoints: number } & (
  | { ok: true; checkpoint: { seq: string; hash: string } | null }
  | { ok: false; broken: AuditBreak }
);
export interface VerifyOptions {
  batchSize?: number;
  /** A checkpoint noted outside the database: it must still be there, unchanged. */
  anchor?: { seq: string; hash: string };
  onProgress?: (rows: number) => void;
}
