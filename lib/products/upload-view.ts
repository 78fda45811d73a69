import path from 'node:path';
import { env } from '@/lib/core';
import type { UploadSource } from '@/lib/platform/ingest';
import type { DraftField, DraftRule } from './draft-data';

/** What one column of a source holds; counts are of the whole file. */
export interface ColumnProfile {
  name: string;
  nullCount: number;
  /** Approximate in files of more than 100,000 rows. */
  distinctCount: number | null;
  min: string | null;
  max: string | null;
  /** A few values, as text. */
  samples: string[];
  /** Why it seems to be personal data; null when it does not. */
  pii: string | null;
}
/** Kept in `Upload.profile`. */
export interface StoredProfile {
  /** How the file is read again. */
  source: UploadSource;
  columns: DraftField[];
  rowCount: number;
  warnings: string[];
  profile: ColumnProfile[];
  suggestions: DraftRule[];
}
export interface UploadView extends Omit<StoredProfile, 'source'> {
  id: string;
  fileName: string;
  format: string;
  sizeBytes: number;
  createdAt: string;
}

interface UploadRow {
  id: string;
  fileName: string;
  format: string;
  sizeBytes: bigint;
  profile: unknown;
  createdAt: Date;
}

export function uploadView(row: UploadRow): UploadView {
  const { source: _, ...profile } = row.profile as StoredProfile;
  return {
    id: row.id,
    fileName: row.fileName,
    format: row.format,
    sizeBytes: Number(row.sizeBytes),
    createdAt: row.createdAt.toISOString(),
    ...profile,
  };
}

/** Each upload has a directory of its own, named by the portal and never by the person. */
export const uploadDir = (uploadId: string): string => path.join(env().home, 'uploads', uploadId);
